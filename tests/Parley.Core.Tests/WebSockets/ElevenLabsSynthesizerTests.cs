using System.Text.Json;
using Parley.Core.Tests.OpenAICompatible;
using Parley.Diagnostics;
using Parley.Testing;
using Parley.Tts;
using Parley.WebSockets.ElevenLabs;

namespace Parley.Core.Tests.WebSockets;

public sealed class ElevenLabsSynthesizerTests
{
    private const string Said = "my private words";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SynthesizeAsync_Clause_SendsSettingsTextAndEndOnAWarmConnection()
    {
        var service = new ElevenLabsServer();
        await using var server = await ModelServer.StartAsync(service.ServeAsync);
        using var engine = Engine(server);
        await engine.PoolOf(engine.Voices[0]).Warm.WaitAsync(s_patience, Cancellation);
        var before = engine.PoolOf(engine.Voices[0]).Connected;

        Assert.NotEmpty(await SpeakAsync(engine, "Hello there."));

        Assert.Equal(2, before);
        Assert.Equal([" ", "Hello there. ", ""], service.Messages.Select(m => JsonDocument.Parse(m).RootElement.GetProperty("text").GetString()));
        Assert.True(JsonDocument.Parse(service.Messages[1]).RootElement.GetProperty("flush").GetBoolean());
        Assert.Contains("/stream-input?model_id=eleven_flash_v2_5&output_format=pcm_24000&sync_alignment=true", service.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SynthesizeAsync_TimesAreTold_WordsStandWhereTheirCharactersDo()
    {
        await using var server = await ModelServer.StartAsync(new ElevenLabsServer().ServeAsync);
        using var engine = Engine(server);
        var words = (await SpeakAsync(engine, "One two, and three more words.")).SelectMany(c => c.Words).ToList();
        Assert.All(words, w => Assert.InRange(w.StartSample / 24_000.0, w.TextOffset * 0.065 - 0.05, w.TextOffset * 0.065 + 0.05));
    }

    [Theory]
    [InlineData("""{"message":"my private words","error":"quota_exceeded","code":1008}""", FailureClass.Quota)]
    [InlineData("""{"message":"my private words","error":"invalid_voice","code":1008}""", FailureClass.Dependency)]
    [InlineData("""{"message":"my private words","error":"unsupported_sample_rate","code":1008}""", FailureClass.Dependency)]
    [InlineData("""{"error":"my private words"}""", FailureClass.Dependency)]
    [InlineData("{ my private words", FailureClass.Dependency)]
    [InlineData("""{"audio":"my private words"}""", FailureClass.Dependency)]
    [InlineData("""{"audio":null,"isFinal":true}""", FailureClass.Network)]
    [InlineData("", FailureClass.Network)]
    public async Task SynthesizeAsync_ServiceMisbehaves_ThrowsClassified(string answer, FailureClass kind)
    {
        var service = new ElevenLabsServer
        {
            Instead = (socket, _) =>
            {
                if (answer.Length > 0) { return ElevenLabsServer.SendAsync(socket, answer); }
                socket.Abort();
                return Task.CompletedTask;
            },
        };
        await using var server = await ModelServer.StartAsync(service.ServeAsync);
        using var engine = Engine(server);
        var problem = await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(engine, Said));
        Assert.Equal((VoiceStage.Tts, kind), (problem.Stage, problem.Class));
        Assert.DoesNotContain(Said, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SynthesizeAsync_ServiceHungUpOnTheWarmConnections_SpeaksOnAnother()
    {
        var service = new ElevenLabsServer();
        await using var server = await ModelServer.StartAsync(service.ServeAsync);
        using var engine = Engine(server);
        await engine.PoolOf(engine.Voices[0]).Warm.WaitAsync(s_patience, Cancellation);

        await service.Lines.HangUpAsync(Cancellation).WaitAsync(s_patience, Cancellation);

        Assert.NotEmpty(await SpeakAsync(engine, "Hello there."));
        // Those that wait are replaced, too.
        await Eventually.TrueAsync(() => service.Lines.Count == 2);
    }

    [Fact]
    public async Task SynthesizeAsync_ServiceFallsSilent_ThrowsAfterTheTimeout()
    {
        var service = new ElevenLabsServer { Instead = (_, stop) => Task.Delay(Timeout.Infinite, stop) };
        await using var server = await ModelServer.StartAsync(service.ServeAsync);
        using var engine = Engine(server, o => o.Timeout = TimeSpan.FromSeconds(0.5));
        Assert.Equal(FailureClass.Network, (await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(engine, Said))).Class);
    }

    [Fact]
    public async Task SynthesizeAsync_NobodyListens_ThrowsTransient()
    {
        using var nobody = new DeafPort();
        using var engine = new ElevenLabsSynthesizer("far", new ElevenLabsOptions { Url = new UriBuilder(nobody.BaseUrl) { Scheme = "ws" }.Uri });
        Assert.True((await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(engine, Said))).IsTransient);
    }

    private static ElevenLabsSynthesizer Engine(ModelServer server, Action<ElevenLabsOptions>? configure = null)
    {
        var options = new ElevenLabsOptions { Url = new UriBuilder(server.BaseUrl) { Scheme = "ws" }.Uri, ApiKey = "very-secret" };
        configure?.Invoke(options);
        return new ElevenLabsSynthesizer("far", options);
    }

    private static async Task<List<SpeechChunk>> SpeakAsync(ElevenLabsSynthesizer engine, string text)
    {
        var chunks = new List<SpeechChunk>();
        await foreach (var chunk in engine.SynthesizeAsync(new SpeechRequest(text), Cancellation)) { chunks.Add(chunk); }
        return chunks;
    }
}
