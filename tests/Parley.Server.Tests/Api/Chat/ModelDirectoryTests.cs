using Parley.Policy;
using Parley.Server.Api.Models;
using Parley.Server.Configuration;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Api.Chat;

public sealed class ModelDirectoryTests
{
    [Theory]
    [InlineData("parley")]
    [InlineData("auto")]
    [InlineData("simulated")]
    [InlineData("other-name")]
    public async Task Select_TheAnswerComesFromTheSmallModel_NobodyOpensIt(string model)
    {
        using var engines = Registrations.Catalog(options: new EngineOptions { Quick = "simulated" });
        var models = new ModelDirectory(engines, new GatewayOptions { Aliases = { ["other-name"] = "simulated" } }, TimeProvider.System);
        Assert.Null((await models.SelectAsync(model)).Quick);
    }
}
