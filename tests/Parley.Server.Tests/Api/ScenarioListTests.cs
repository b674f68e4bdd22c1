using System.Text.Json;
using Parley.Server.Tests.Api.Chat;

namespace Parley.Server.Tests.Api;

/// <summary>Learners are offered what the tutor can play.</summary>
public sealed class ScenarioListTests
{
    [Fact]
    public async Task List_BuiltIn_NamesRoleLevelsAndGoals()
    {
        await using var server = await GatewayServer.StartAsync();

        var list = JsonDocument.Parse(await server.Http.GetStringAsync("/v1/scenarios", TestContext.Current.CancellationToken)).RootElement;

        var cafe = list.GetProperty("data").EnumerateArray().Single(s => s.GetProperty("id").GetString() == "cafe");
        Assert.Equal(("scenario", 2, false), (cafe.GetProperty("object").GetString(), cafe.GetProperty("levels").GetArrayLength(), cafe.GetProperty("open").GetBoolean()));
        Assert.NotEmpty(cafe.GetProperty("title").GetString()!);
        Assert.NotEmpty(cafe.GetProperty("role").GetString()!);
        Assert.NotEqual(0, cafe.GetProperty("goals").GetArrayLength());
        Assert.Single(list.GetProperty("data").EnumerateArray(), s => s.GetProperty("open").GetBoolean());
    }
}
