using Parley.Server.Tests.Hosting;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;
using SessionOptions = Parley.Sessions.SessionOptions;

namespace Parley.Server.Tests.Native;

/// <summary>An engine's failure costs at most its turn: the client is told, something is heard where possible, and the next turn works.</summary>
public sealed class EngineFailureTests
{
    [Fact]
    public async Task Recogniser_Fails_IsToldAndTheNextTurnWorks()
    {
        await using var server = await TestServer.StartAsync(e => e.Asr.Fails = true);
        var client = await server.TalkAsync();

        await client.SpeakAsync();
        var error = await client.ExpectAsync<ErrorMessage>();

        AssertFailed("asr", error);
        server.Engines.Asr.Fails = false;
        await AssertNextTurnWorksAsync(client);
    }

    [Fact]
    public async Task Recogniser_Hangs_IsToldAndTheNextTurnWorks()
    {
        await using var server = await TestServer.StartAsync(e => e.Asr.FinalLatency = TimeSpan.FromMinutes(5), Hasten);
        var client = await server.TalkAsync();

        await client.SpeakAsync();
        var error = await client.ExpectAsync<ErrorMessage>();

        AssertFailed("asr", error);
        server.Engines.Asr.FinalLatency = TimeSpan.Zero;
        await AssertNextTurnWorksAsync(client);
        Assert.Equal(0, server.Engines.Asr.OpenStreams);
    }

    [Fact]
    public async Task Synthesiser_Fails_TheFallbackSpeaks() => await AssertFallbackSpeaksAsync(e => e.Tts.Fails = true);

    [Fact]
    public async Task Synthesiser_Hangs_TheFallbackSpeaks() => await AssertFallbackSpeaksAsync(e => e.Tts.Hangs = true);

    [Fact]
    public async Task Synthesisers_AllFail_TheReplyIsText()
    {
        await using var server = await TestServer.StartAsync(e =>
        {
            e.Tts.Fails = true;
            e.TtsFallback = new SimulatedSynthesizer(TimeProvider.System, "spare") { Fails = true };
            e.Chat.Texts = ["Here I am."];
        });
        var client = await server.TalkAsync();

        await client.SpeakAsync();
        var done = await client.ExpectAsync<AssistantTextDone>(m => m.HeardText.Length > 0);

        Assert.Equal("Here I am.", done.Text);
        Assert.Equal([("simulated", "spare"), ("spare", "text")], client.Received.OfType<Degraded>().Select(d => (d.From, d.To)));
        AssertFailed("tts", Assert.Single(client.Received.OfType<ErrorMessage>()));
        Assert.DoesNotContain(client.Received, r => r is AudioPacket);
        await client.SendAsync(new TextInput("Still there?"));
        await client.ExpectAsync<AssistantTextDone>(m => m.HeardText == "Here I am.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Chat_Fails_ApologisesAloud(int afterWords) => await AssertApologisesAsync(e => e.Chat.FailsAfter = afterWords, e => e.Chat.FailsAfter = null);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Chat_Hangs_ApologisesAloud(int afterWords) => await AssertApologisesAsync(e => e.Chat.HangsAfter = afterWords, e => e.Chat.HangsAfter = null);

    [Fact]
    public async Task Detector_Fails_TheEnergyOfTheSoundDecides()
    {
        // The detector that takes over judges windows of 32 ms, as the one that is replaced has to.
        await using var server = await TestServer.StartAsync(vad: new SimulatedVad { WindowSamples = 512, Fails = true });
        var client = await server.TalkAsync();

        await client.SendAudioAsync(Voice.Silence(100));
        var degraded = await client.ExpectAsync<Degraded>();

        Assert.Equal(("vad", "simulated", "energy"), (degraded.Stage, degraded.From, degraded.To));
        await client.SendAsync(new Ping(1));
        await client.ExpectAsync<Pong>();
    }

    /// <summary>What hangs is given up soon, but not before a busy machine has had what does not hang answer.</summary>
    private static void Hasten(SessionOptions options) =>
        options.ReplyTimeout = options.TtsTimeout = options.AsrTimeout = TimeSpan.FromSeconds(3);

    private static async Task AssertFallbackSpeaksAsync(Action<SimulatedEngines> fail)
    {
        await using var server = await TestServer.StartAsync(
            e =>
            {
                fail(e);
                e.TtsFallback = new SimulatedSynthesizer(TimeProvider.System, "spare");
                e.Chat.Texts = ["Here I am."];
            },
            Hasten);
        var client = await server.TalkAsync();

        await client.SpeakAsync();
        await client.ExpectAsync<AssistantTextDone>(m => m.HeardText == "Here I am.");

        var degraded = Assert.Single(client.Received.OfType<Degraded>());
        Assert.Equal(("tts", "simulated", "spare"), (degraded.Stage, degraded.From, degraded.To));
        Assert.Equal(3 * SimulatedSynthesizer.WordSamples, client.Received.OfType<AudioPacket>().Sum(p => p.Samples.Length));
        Assert.Empty(client.Received.OfType<ErrorMessage>());
        Assert.Equal(0, server.Engines.Tts.Active);
    }

    private static async Task AssertApologisesAsync(Action<SimulatedEngines> fail, Action<SimulatedEngines> mend)
    {
        await using var server = await TestServer.StartAsync(fail, Hasten);
        var client = await server.TalkAsync();

        await client.SpeakAsync();
        var error = await client.ExpectAsync<ErrorMessage>();

        AssertFailed("reply", error);
        await client.ExpectAsync<StateUpdate>(u => u.State == TurnState.Idle);
        var said = string.Concat(client.Received.OfType<AssistantTextDelta>().Select(d => d.Text));
        Assert.EndsWith("Could you say that again?", said, StringComparison.Ordinal);
        Assert.True(client.Received.OfType<AudioPacket>().Sum(p => p.Samples.Length) > SimulatedSynthesizer.WordSamples, "the apology was not heard");
        mend(server.Engines);
        await AssertNextTurnWorksAsync(client);
    }

    private static async Task AssertNextTurnWorksAsync(ConverseClient client)
    {
        var turns = client.Received.OfType<AsrFinal>().Count();
        await client.SpeakAsync();
        await client.ExpectAsync<AssistantTextDone>(m => m.HeardText.Length > 0 && m.HeardText == m.Text);
        Assert.Equal(turns + 1, client.Received.OfType<AsrFinal>().Count());
    }

    private static void AssertFailed(string stage, ErrorMessage error)
    {
        Assert.Equal((ErrorCodes.EngineFailed, stage, false), (error.Code, error.Stage, error.Fatal));
    }
}
