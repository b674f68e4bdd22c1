using System.Text.Json;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;
using Parley.OpenAICompatible.Tts;
using Parley.Time;
using Parley.Tts;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>What is asked for, and what is made of the answers of all kinds of servers.</summary>
public sealed class SpeechSynthesizerTests
{
    private const string Secret = "sk-very-secret", Said = "my private words";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SynthesizeAsync_Request_HoldsTextVoiceSpeedAndFields()
    {
        await using var server = new LoopbackServer(e => e.RespondAsync(500, "text/plain", ""));
        using var engine = Engine(server, o =>
        {
            o.Voices.Add("anna");
            o.Voices.Add("bella");
            o.Fields["sample_rate"] = "24000";
            o.Fields["stream"] = "true";
            o.Fields["style"] = "calm";
        });
        await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(engine, new SpeechRequest("Hello\u0007 🙂 you.", "Bella", Speed: 1.5)));

        var body = JsonDocument.Parse(server.Bodies[0]).RootElement;
        Assert.Equal(("tts-1", "Hello     you.", "bella", "pcm", 1.5), (body.GetProperty("model").GetString(), body.GetProperty("input").GetString(),
            body.GetProperty("voice").GetString(), body.GetProperty("response_format").GetString(), body.GetProperty("speed").GetDouble()));
        Assert.Equal((24_000, true, "calm"), (body.GetProperty("sample_rate").GetInt32(), body.GetProperty("stream").GetBoolean(), body.GetProperty("style").GetString()));
        Assert.StartsWith("POST /v1/audio/speech ", server.Heads[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task SynthesizeAsync_AudioIsCutMidSample_ArrivesWhole()
    {
        await using var server = await ModelServer.StartAsync(SpeechServer.ServeAsync);
        using var engine = Engine(server.BaseUrl);
        var spoken = (await SpeakAsync(engine, new SpeechRequest("Hello there."))).SelectMany(c => c.Samples.ToArray()).ToArray();
        Assert.Equal(Parley.Audio.Pcm16.ToSamples(SpeechServer.Tone(0.2 + 0.06 * 10)), spoken);
    }

    [Fact]
    public async Task SynthesizeAsync_FirstAudio_GoesOnBeforeTheRestHasCome()
    {
        var goOn = new TaskCompletionSource();
        await using var server = await ModelServer.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync(SpeechServer.Tone(0.4), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await goOn.Task.WaitAsync(context.RequestAborted);
            await context.Response.Body.WriteAsync(SpeechServer.Tone(0.4), context.RequestAborted);
        });
        using var engine = Engine(server.BaseUrl);
        await using var chunks = engine.SynthesizeAsync(new SpeechRequest("Hello there."), Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.True(await chunks.MoveNextAsync().AsTask().WaitAsync(s_patience, Cancellation));
        Assert.InRange(chunks.Current.Samples.Length, 2_400, 9_600);
        goOn.SetResult();
        while (await chunks.MoveNextAsync()) { }
    }

    [Theory]
    [InlineData("application/json", """{"error":{"message":"my private words","type":"server_error"}}""", FailureClass.Dependency)]
    [InlineData("application/json", """{"error":{"message":"my private words","code":"quota_exceeded"}}""", FailureClass.Quota)]
    [InlineData("application/json", "{ my private words", FailureClass.Dependency)]
    [InlineData("text/html", "<html>my private words</html>", FailureClass.Dependency)]
    [InlineData("audio/mpeg", "ID3 my private words", FailureClass.Dependency)]
    [InlineData("audio/wav", "RIFF----WAVEfmt my private words my private words", FailureClass.Dependency)]
    [InlineData("audio/pcm", "", FailureClass.Network)]
    [InlineData("text/event-stream", "data: {\"type\":\"speech.audio.delta\",\"audio\":\"AAAA\"}\n\n", FailureClass.Network)]
    [InlineData("text/event-stream", "data: {\"type\":\"speech.audio.delta\",\"audio\":\"my private words\"}\n\n", FailureClass.Dependency)]
    [InlineData("text/event-stream", "data: {\"error\":{\"type\":\"server_error\"}}\n\n", FailureClass.Dependency)]
    public async Task SynthesizeAsync_SuccessThatIsNone_Throws(string type, string body, FailureClass kind)
    {
        await using var server = new LoopbackServer(e => e.RespondAsync(200, type, body));
        Assert.Equal(kind, (await FailAsync(server)).Class);
    }

    [Theory]
    [InlineData(400, FailureClass.UserInput)]
    [InlineData(429, FailureClass.Quota)]
    [InlineData(500, FailureClass.Dependency)]
    public async Task SynthesizeAsync_Refused_SaysWhatKindOfFailureItIs(int status, FailureClass kind)
    {
        await using var server = new LoopbackServer(e => e.RespondAsync(status, "application/json", $$$"""{"error":{"message":"{{{Said}}} {{{Secret}}}","code":"c"}}"""));
        Assert.Equal(kind, (await FailAsync(server)).Class);
    }

    [Fact]
    public async Task SynthesizeAsync_BreaksOffInMidSentence_ThrowsAfterTheAudio()
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            await exchange.ChunkAsync($"data: {{\"type\":\"speech.audio.delta\",\"audio\":\"{Convert.ToBase64String(SpeechServer.Tone(1))}\"}}\n\n");
            exchange.Close();
        });
        using var engine = Engine(server);
        var heard = 0;
        var problem = await Assert.ThrowsAsync<VoiceException>(async () =>
        {
            await foreach (var chunk in engine.SynthesizeAsync(new SpeechRequest(Said), Cancellation)) { heard += chunk.Samples.Length; }
        });
        Assert.True(heard > 0);
        Assert.Equal(FailureClass.Network, problem.Class);
    }

    [Fact]
    public async Task SynthesizeAsync_EndlessAudio_IsCutOff()
    {
        await using var server = new LoopbackServer(async exchange =>
        {
            await exchange.BeginEventsAsync();
            while (true) { await exchange.ChunkAsync(": " + new string('x', 65_536) + "\n"); }
        });
        using var engine = Engine(server, o => o.MaxResponseBytes = 1 << 20);
        Assert.Equal(FailureClass.Dependency, (await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(engine, new SpeechRequest(Said)))).Class);
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 5)]
    public async Task SynthesizeAsync_ServerStalls_ThrowsAfterTheTimeout(bool begins, int seconds)
    {
        var clock = new VirtualClock();
        await using var server = new LoopbackServer(async exchange =>
        {
            if (begins)
            {
                await exchange.BeginEventsAsync();
                await exchange.ChunkAsync($"data: {{\"type\":\"speech.audio.delta\",\"audio\":\"{Convert.ToBase64String(SpeechServer.Tone(1))}\"}}\n\n");
            }
            await exchange.HangAsync();
        });
        using var engine = Engine(server, clock: clock);
        await using var chunks = engine.SynthesizeAsync(new SpeechRequest(Said), Cancellation).GetAsyncEnumerator(Cancellation);
        if (begins) { Assert.True(await chunks.MoveNextAsync()); }
        var next = chunks.MoveNextAsync().AsTask();
        await clock.WaitForTimersAsync(1, Cancellation).WaitAsync(s_patience, Cancellation);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        await clock.FireUntilAsync(next);
        Assert.Equal(FailureClass.Network, (await Assert.ThrowsAsync<VoiceException>(() => next.WaitAsync(s_patience, Cancellation))).Class);
    }

    private static SpeechSynthesizer Engine(LoopbackServer server, Action<SpeechEngineOptions>? configure = null, TimeProvider? clock = null) => Engine(server.BaseUrl, configure, clock);

    private static SpeechSynthesizer Engine(Uri url, Action<SpeechEngineOptions>? configure = null, TimeProvider? clock = null)
    {
        var options = new SpeechEngineOptions();
        configure?.Invoke(options);
        return new SpeechSynthesizer("near", options, UpstreamPool.Of("near", new UpstreamOptions { BaseUrl = url, ApiKey = Secret, WarmConnections = 0 }, clock).Lease("near"), clock);
    }

    private static async Task<List<SpeechChunk>> SpeakAsync(SpeechSynthesizer engine, SpeechRequest request)
    {
        var chunks = new List<SpeechChunk>();
        await foreach (var chunk in engine.SynthesizeAsync(request, Cancellation)) { chunks.Add(chunk); }
        return chunks;
    }

    // Whatever fails, neither the key nor what was said may be in it.
    private static async Task<VoiceException> FailAsync(LoopbackServer server)
    {
        using var engine = Engine(server);
        var problem = await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(engine, new SpeechRequest(Said)));
        Assert.Equal(VoiceStage.Tts, problem.Stage);
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Said, problem.ToString(), StringComparison.Ordinal);
        return problem;
    }
}
