using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Configuration;
using Parley.Sessions;

namespace Parley.Server.Tests.Configuration;

public sealed class ConfigurationTests
{
    [Theory]
    [InlineData("--Parley:Session:Lead=soon", "Parley:Session")]
    [InlineData("--Parley:Session:Lead=00:01:00", "Parley:Session:Lead")]
    [InlineData("--Parley:Session:Leed=00:00:01", "Leed")]
    [InlineData("--Parley:Sesion:Lead=00:00:01", "Parley:Sesion")]
    [InlineData("--Parley:Server:MaxSessions=0", "Parley:Server:MaxSessions")]
    [InlineData("--Parley:Server:MaxSessions=many", "Parley:Server")]
    [InlineData("--Parley:Admission:MaxCpu=2", "Parley:Admission:MaxCpu")]
    [InlineData("--Parley:Turn:NormalSilence=00:00:09", "Parley:Turn:NormalSilence")]
    [InlineData("--Parley:Vad:SilenceThreshold=0.9", "Parley:Vad:SilenceThreshold")]
    [InlineData("--Parley:Store:Retention=00:10:00", "Parley:Store:Retention")]
    [InlineData("--Parley:Store:QueueCapacity=1", "Parley:Store:QueueCapacity")]
    [InlineData("--Parley:Store:MaxBytes=-1", "Parley:Store:MaxBytes")]
    [InlineData("--Parley:Sherpa:ears:Threads=2", "Parley:Sherpa:ears:Folder")]
    [InlineData("--Parley:Sherpa:ears:Kind=Parrot", "Parley:Sherpa:ears")]
    [InlineData("--Parley:DashScope:far:Url=https://example.org", "Parley:DashScope:far:Url")]
    [InlineData("--Parley:ElevenLabs:far:Url=example.org", "Parley:ElevenLabs:far:Url")]
    [InlineData("--Parley:Policy:Mode=everywhere", "Parley:Policy")]
    [InlineData("--Parley:Policy:Weights:Latency=-1", "Parley:Policy:Weights:Latency")]
    [InlineData("--Parley:Policy:Weights:Speed=1", "Speed")]
    [InlineData("--Parley:Policy:Budgets:Asr=00:02:00", "Parley:Policy:Budgets:Asr")]
    [InlineData("--Parley:Policy:Tuning:Step=0.9", "Parley:Policy:Tuning:Step")]
    [InlineData("--Parley:EchoKit:Lead=00:01:00", "Parley:EchoKit:Lead")]
    [InlineData("--Parley:EchoKit:MaxDevices=0", "Parley:EchoKit:MaxDevices")]
    [InlineData("--Parley:EchoKit:HelloFile=/nowhere.wav", "Parley:EchoKit:HelloFile")]
    [InlineData("--Parley:Policy:Canary:flite=2", "The share of flite must be 0 to 1.")]
    [InlineData("--Parley:Policy:Canary:nobody=0.1", "Parley:Policy:Canary:nobody")]
    [InlineData("--Parley:Learners:Embedder=telepathy", "Parley:Learners:Embedder")]
    [InlineData("--Parley:Correction:Model=nobody", "Parley:Correction:Model")]
    [InlineData("--Parley:Correction:CallsPerMinute=61", "Parley:Correction:CallsPerMinute")]
    [InlineData("--Parley:Learners:Memory=elephant", "Parley:Learners:Memory")]
    [InlineData("--Parley:Qdrant:Url=localhost:6333", "Parley:Qdrant:Url")]
    [InlineData("--Parley:Qdrant:Collections=a.b", "Parley:Qdrant:Collections")]
    [InlineData("--Parley:SentenceTransformer:mini:MaxTokens=128", "Parley:SentenceTransformer:mini:Folder")]
    [InlineData("--Parley:Xiaozhi:WebSocketUrl=http://here", "Parley:Xiaozhi:WebSocketUrl")]
    [InlineData("--Parley:Xiaozhi:IdleTimeout=00:00:01", "Parley:Xiaozhi:IdleTimeout")]
    public void Build_WrongSetting_NamesTheKey(string argument, string key)
    {
        var failure = Assert.Throws<ConfigurationException>(() => ParleyServer.Build([argument]));

        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_DeviceTokenIsNoKey_IsRefusedWithoutShowingIt()
    {
        var failure = Assert.Throws<ConfigurationException>(() => ParleyServer.Build(["--Parley:Gateway:ApiKeys:0=right", "--Parley:Xiaozhi:Token=wrong"]));

        Assert.StartsWith("Parley:Xiaozhi:Token", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Vad")]
    [InlineData("Asr")]
    [InlineData("Reply")]
    [InlineData("Tts")]
    public void Build_UnknownEngine_NamesTheKeyAndWhatThereIs(string stage)
    {
        var failure = Assert.Throws<ConfigurationException>(() => ParleyServer.Build([$"--Parley:Engines:{stage}=telepathy"]));

        Assert.Contains($"Parley:Engines:{stage}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("telepathy", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Asr", "DashScope:twin:ApiKey=k", "Sherpa:twin:Folder=/nowhere")]
    [InlineData("Asr", "DashScope:pocketsphinx:ApiKey=k")]
    [InlineData("Tts", "ElevenLabs:twin:ApiKey=k", "Sherpa:twin:Folder=/nowhere")]
    [InlineData("Tts", "Sherpa:flite:Folder=/nowhere")]
    [InlineData("Asr", "Upstreams:near:BaseUrl=http://localhost:1/v1", "Transcription:pocketsphinx:Upstream=near")]
    [InlineData("Tts", "Upstreams:near:BaseUrl=http://localhost:1/v1", "Speech:flite:Upstream=near")]
    [InlineData("Reply", "Upstreams:near:BaseUrl=http://localhost:1/v1", "Chat:openai:Upstream=near")]
    [InlineData("Reply", "Upstreams:tutor:BaseUrl=http://localhost:1/v1", "Chat:tutor:Model=m")]
    public void Build_TwoEnginesOfOneNameInAStage_AreRefused(string stage, params string[] settings)
    {
        var failure = Assert.Throws<ConfigurationException>(() => ParleyServer.Build([.. settings.Select(s => $"--Parley:{s}")]));

        Assert.StartsWith($"Two engines of stage {stage} are named", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_AllWeightsZero_IsRefused()
    {
        var weights = new[] { "Latency", "Cost", "Accuracy", "Load", "Privacy", "Preference" }.Select(w => $"--Parley:Policy:Weights:{w}=0").ToArray();

        Assert.Contains("At least one weight must be above 0.", Assert.Throws<ConfigurationException>(() => ParleyServer.Build(weights)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_RightSetting_IsInForce()
    {
        await using var app = ParleyServer.Build(["--Parley:Session:Lead=00:00:01", "--Parley:Server:MaxSessions=7", "--Parley:Store:Enabled=false"]);

        Assert.Equal(TimeSpan.FromSeconds(1), app.Services.GetRequiredService<SessionServices>().Options.Lead);
        Assert.Equal(7, app.Services.GetRequiredService<ServerOptions>().MaxSessions);
    }
}
