using System.Text;
using Microsoft.Extensions.AI;
using Parley.Core.Tests.Replies.Tools;
using Parley.Pipeline;
using Parley.Policy.Hybrid;
using Parley.Replay;
using Parley.Replies;
using Parley.Sessions;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Timeline;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Vad;

namespace Parley.Core.Tests.Replay;

/// <summary>A recorded session goes through today's pipeline and comes out the same, or the report says where it does not.</summary>
public sealed class SessionReplayerTests
{
    private static readonly SilenceTurnDetector s_turn = new SimulatedEngines(TimeProvider.System).Turn;

    [Theory]
    [InlineData("turn")]
    [InlineData("interruption")]
    [InlineData("cough")]
    [InlineData("typed")]
    [InlineData("speculation")]
    [InlineData("failures")]
    [InlineData("quick reply")]
    [InlineData("refined")]
    [InlineData("contradicted")]
    [InlineData("failover")]
    [InlineData("bad input")]
    [InlineData("push to talk")]
    [InlineData("by hand")]
    [InlineData("client tools")]
    [InlineData("beside")]
    public async Task Replay_SameVersion_RepeatsEveryEvent(string what)
    {
        var talk = Recorded(what);

        var report = await ReplayAsync(talk, what == "speculation");

        Assert.True(report.IsIdentical, string.Join('\n', report.Differences));
        Assert.InRange(report.Events, 10, int.MaxValue);
    }

    [Fact]
    public async Task Replay_ResumedSession_RepeatsEveryLeg()
    {
        var talk = Talk().Start().Say(new TextInput("hello")).Wait(1_500);
        talk.Say(new Playback(1, 20_000)).Wait(100);
        talk.Client.Disconnect();
        talk = talk.Wait(5_000).Resume();
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.Speak(1_200).HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == m.Text);
        talk.End();

        var report = await ReplayAsync(talk);

        Assert.True(report.IsIdentical, string.Join('\n', report.Differences));
    }

    [Fact]
    public async Task Replay_SessionThatWasResumedToInterrupt_RepeatsEveryLeg()
    {
        var talk = Talk().Start().Say(new TextInput("hello")).Wait(1_500);
        talk.Client.Disconnect();
        talk = talk.Wait(1_000).Resume(goOn: false);
        talk.Speak(1_200).HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == m.Text);
        talk.End();

        var report = await ReplayAsync(talk);

        Assert.True(report.IsIdentical, string.Join('\n', report.Differences));
    }

    [Fact]
    public async Task Replay_ServerDiedInMidSentence_RepeatsWhatWasStored()
    {
        var talk = Talk().Start().Say(new TextInput("hello")).Wait(1_700);

        var report = await ReplayAsync(talk);

        Assert.True(report.IsIdentical, string.Join('\n', report.Differences));
        talk.End();
    }

    [Fact]
    public async Task Replay_EndpointIsSetOtherwiseToday_TellsWhatChanged()
    {
        var talk = Recorded("turn");

        var report = await ReplayAsync(talk, turn: new SilenceTurnDetector { Normal = TimeSpan.FromMilliseconds(900) });

        Assert.Contains(report.Differences, d => d is { Lane: "session", Recorded: not null, Replayed: null });
    }

    [Fact]
    public async Task Replay_AnEventIsMissingInTheRecording_IsToldWithItsTime()
    {
        var talk = Recorded("turn");
        var entries = await ReadAsync(talk);
        var final = entries.FindIndex(e => e.Kind == TimelineKinds.Sent && Encoding.UTF8.GetString(e.Data.Span).Contains("asr_final", StringComparison.Ordinal));

        var report = Replayer().Replay(await RecordAsync(talk), [.. entries[..final], .. entries[(final + 1)..]]);

        var difference = Assert.Single(report.Differences);
        Assert.Equal(("session", null), (difference.Lane, difference.Recorded));
        Assert.Contains("hello there my friend", difference.Replayed, StringComparison.Ordinal);
        Assert.Equal(entries[final].At, difference.At);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("""{"type":"from_the_future","seq":4}""", "cannot be read")]
    public async Task Replay_EntryIsDamagedOrUnknown_SaysWhich(string data, string why)
    {
        var talk = Recorded("turn");
        var entries = await ReadAsync(talk);
        var sent = entries.FindIndex(e => e.Kind == TimelineKinds.Sent);
        entries[sent] = entries[sent] with { Data = Encoding.UTF8.GetBytes(data) };

        var record = await RecordAsync(talk);
        var fault = Assert.Throws<StoreException>(() => Replayer().Replay(record, entries));

        Assert.Contains($"Entry {entries[sent].Number} (sent)", fault.Message, StringComparison.Ordinal);
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_NothingRecorded_SaysSo()
    {
        var record = await RecordAsync(Recorded("turn"));

        Assert.Throws<StoreException>(() => Replayer().Replay(record, []));
    }

    [Fact]
    public async Task Recording_Always_HoldsNoTokenAndNoAudioWithoutConsent()
    {
        var talk = Recorded("bad input");
        var token = talk.Client.Of<SessionReady>()[0].ResumeToken;

        var entries = await ReadAsync(talk);

        Assert.DoesNotContain(entries, e => e.Kind == TimelineKinds.Audio);
        Assert.DoesNotContain(entries, e => Encoding.UTF8.GetString(e.Data.Span).Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(entries, e => Encoding.UTF8.GetString(e.Data.Span).Contains("AAAAAAAA", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recording_WithConsent_HoldsTheAudioAndReplaysFromIt()
    {
        var talk = Talk().Start(new SessionConfig { Consent = new ConsentConfig { Record = true } }).Hush(200).Speak(1_200);
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.End();

        var entries = await ReadAsync(talk);
        var report = Replayer().Replay(await RecordAsync(talk), entries);

        Assert.InRange(entries.Where(e => e.Kind == TimelineKinds.Audio).Sum(e => e.Data.Length), 2 * 16 * 1_400, int.MaxValue);
        Assert.True(report.IsIdentical, string.Join('\n', report.Differences));
    }

    private static SimulatedConversation Recorded(string what)
    {
        var talk = Talk(what);
        talk.Start(what switch
        {
            "push to talk" => new SessionConfig { Turn = new TurnConfig { Mode = TurnMode.PushToTalk } },
            "by hand" => new SessionConfig { Turn = new TurnConfig { Respond = false } },
            "client tools" => new SessionConfig { Tools = [new ClientTool("set_light")] },
            _ => null,
        }).Hush(200);
        switch (what)
        {
            case "turn" or "speculation" or "failures" or "quick reply" or "refined" or "contradicted":
                talk.Speak(1_200).HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
                break;
            case "failover":
                talk.Speak(1_200).HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
                (talk.Engines.Asr.Fails, talk.Engines.Chat.FailsAfter, talk.Engines.Tts.Fails) = (false, null, false);
                for (var turn = 2; turn <= 3; turn++)
                {
                    talk.Hush(6_000).Speak(1_200).HushUntil<AssistantTextDone>(m => m.GenerationId == turn && m.HeardText == m.Text);
                }
                Assert.Equal(6, talk.Client.Of<Degraded>().Count);
                break;
            case "interruption":
                talk.Say(new TextInput("hello")).Hush(1_200).Say(new Playback(1, 9_000)).Speak(1_200);
                talk.HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == m.Text);
                break;
            case "cough":
                talk.Say(new TextInput("hello")).Hush(1_000).Speak(100).HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
                break;
            case "typed":
                talk.Say(new TextInput("hello")).Hush(700).Say(new TextInput("no, wait")).Hush(600).Say(new Interrupt()).Hush(500);
                break;
            case "bad input":
                talk.Say(new InvalidInput(ErrorCodes.BadJson, "Not JSON.")).Say(new AudioChunk(Convert.ToBase64String(new byte[640]), 16_000))
                    .Say(new TextInput("hello")).Say(new Ping(1)).Say(new Playback(1, 999_999)).Say(new FeedbackAck("i", FeedbackAction.Accepted)).Hush(5_000);
                break;
            case "beside":
                talk.Say(new Respond(Beside: true, Input: [new InputMessage(HistoryRole.User, "Who speaks?")]));
                talk.HushUntil<ReplyFinished>(r => r.GenerationId == 1);
                talk.Speak(1_200).HushUntil<StateUpdate>(s => s.State == TurnState.Speaking && s.GenerationId == 2);
                talk.Say(new Respond("A judge.", Beside: true)).HushUntil<ReplyFinished>(r => r.GenerationId == 2);
                break;
            case "client tools":
                talk.Speak(1_200).HushUntil<ReplyFinished>();
                talk.Say(new ToolResult("call_1", "done")).Hush(100).Say(new Respond());
                talk.HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == m.Text);
                Assert.Single(talk.Client.Of<ToolCalled>());
                break;
            case "by hand":
                talk.Speak(1_200).HushUntil<AsrFinal>();
                talk.Hush(300).Say(new Respond()).Hush(700).Say(new Respond());
                Assert.Equal(ErrorCodes.ReplyActive, Assert.Single(talk.Client.Of<ErrorMessage>()).Code);
                // All audio has left and is not heard yet.
                while (talk.Client.Packets.Sum(p => p.Samples.Length) < 13 * SimulatedSynthesizer.WordSamples) { talk.Hush(20); }
                talk.Say(new Respond()).HushUntil<AssistantTextDone>(m => m.GenerationId == 2 && m.HeardText == m.Text);
                break;
            case "push to talk":
                talk.Say(new StartListen()).Speak(900).Say(new StopListen()).HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
                break;
        }
        talk.End();
        return talk;
    }

    private static SimulatedConversation Talk(string what = "") => new(
        e =>
        {
            e.Asr.FinalLatency = TimeSpan.FromMilliseconds(70);
            e.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(120);
            e.Chat.TokenInterval = TimeSpan.FromMilliseconds(15);
            e.Chat.Extras = [new SuggestionsContent([new Suggestion("a", "Yes."), new Suggestion("b", "No.")]), new EmotionContent("happy", 0.5)];
            e.Tts.FirstAudioLatency = TimeSpan.FromMilliseconds(40);
            e.Tts.ChunkInterval = TimeSpan.FromMilliseconds(5);
            if (what == "client tools")
            {
                e.Reply = new ScriptedChatClient(
                    [new TextContent("Let me see."), ScriptedChatClient.Call("set_light", "call_1", ("where", "the café"), ("on", true))],
                    [new TextContent("It is on.")]);
            }
            if (what == "typed")
            {
                e.Chat.Finish = ChatFinishReason.Length;
                e.Chat.Usage = new UsageDetails { InputTokenCount = 412, OutputTokenCount = 50 };
            }
            if (what == "speculation") { e.Asr.Settled = ["hello there my friend"]; }
            if (what == "quick reply")
            {
                e.Chat.FirstTokenLatency = TimeSpan.FromMilliseconds(850);
                e.Quick = new SimulatedChatClient(e.Time) { Texts = ["Sure,"], FirstTokenLatency = TimeSpan.FromMilliseconds(120) };
            }
            if (what is "refined" or "contradicted")
            {
                var remote = new SimulatedRecognizer(e.Time) { FinalLatency = TimeSpan.FromMilliseconds(630), Texts = [what == "refined" ? "Hello there, my friend!" : "Hello dear, my friend!"] };
                e.Recognizer = new HybridRecognizer(e.Asr, remote, TimeSpan.FromSeconds(5), e.Time);
            }
            if (what == "failover")
            {
                e.JoinWithSpares();
                (e.Asr.Fails, e.Chat.FailsAfter, e.Tts.Fails) = (true, 2, true);
            }
            if (what == "failures")
            {
                e.Tts.Fails = true;
                e.TtsFallback = new SimulatedSynthesizer(TimeProvider.System, "second");
                e.Chat.FailsAfter = 5;
            }
        },
        speculation: what == "speculation" ? new SpeculationOptions() : null, keepsSessions: true);

    private static SessionReplayer Replayer(bool speculates = false, SilenceTurnDetector? turn = null) => new(
        new SessionOptions(), new VadOptions { MinSpeech = TimeSpan.FromMilliseconds(40) }, new SpeculationOptions { Enabled = speculates },
        turn ?? s_turn);

    private static async Task<ReplayReport> ReplayAsync(SimulatedConversation talk, bool speculates = false, SilenceTurnDetector? turn = null) =>
        Replayer(speculates, turn).Replay(await RecordAsync(talk), await ReadAsync(talk));

    private static async Task<SessionRecord> RecordAsync(SimulatedConversation talk) =>
        await talk.Store!.FindAsync(talk.Session.Id, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("It was not kept.");

    private static async Task<List<StoredEntry>> ReadAsync(SimulatedConversation talk)
    {
        var entries = new List<StoredEntry>();
        await foreach (var entry in talk.Store!.ReadAsync(talk.Session.Id, cancellationToken: TestContext.Current.CancellationToken)) { entries.Add(entry); }
        return entries;
    }
}
