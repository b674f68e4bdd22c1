using Microsoft.Extensions.Configuration;
using Parley.Diagnostics;
using Parley.Server.Configuration;

namespace Parley.Server.Tests.Configuration;

/// <summary>A model that cannot be used is told of and passed over; the server starts without it.</summary>
public sealed class SherpaEnginesTests
{
    [Fact]
    public void Engines_FolderThatIsMissing_AreToldAndPassedOver()
    {
        var configuration = new ConfigurationBuilder()
            .AddCommandLine(["--Parley:Sherpa:ears:Folder=/nowhere/model", "--Parley:Sherpa:ears:Attributes:Accuracy=0.9"]).Build();

        using var engines = ParleyServices.Engines(new ParleyConfiguration(configuration), TimeProvider.System);

        var told = engines.Probe().Where(s => s.Name == "ears").ToList();
        Assert.Equal([VoiceStage.Asr, VoiceStage.Tts], told.Select(s => s.Stage));
        Assert.All(told, s => Assert.False(s.Available));
        Assert.All(told, s => Assert.NotNull(s.Remedy));
    }
}
