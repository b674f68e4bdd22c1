using Parley.Audio;
using Parley.Testing.Sessions;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Interruptions;

namespace Parley.Core.Tests.Sessions;

/// <summary>What becomes of sounds during a reply, in a session.</summary>
public sealed class PauseThenDecideTests
{
    private const string Reply = "This is the first sentence of a rather long reply. And this is the second one, which goes on and on for quite a while.";

    private static readonly SessionConfig s_patient = new() { Turn = new TurnConfig { MinInterruptionMs = 2_000 } };

    [Fact]
    public void Nod_WhileSpeaking_TheReplyGoesOnAtTheVerySample()
    {
        var talk = Speaking("yeah okay", s_patient);

        talk.Speak(400);
        var resumed = talk.HushUntil<PlaybackResumed>();

        Assert.Equal(talk.Client.Of<PlaybackPaused>()[0].AtSample, resumed.AtSample);
        Assert.Empty(talk.Client.Of<GenerationCancelled>());
        Assert.Equal(InterruptionKind.Backchannel, Judged(talk).Kind);
        Assert.Equal("yeah okay", Judged(talk).Partial);
        talk.End();
    }

    [Fact]
    public void Nod_ThatAnswersTheQuestion_IsATurn()
    {
        var talk = Speaking("yes", s_patient, reply: "Would you like some tea? We have green tea, black tea, and a very good coffee.", afterMs: 1_400);

        talk.Speak(400).HushUntil<AsrFinal>(f => f.Text == "yes");

        Assert.Equal("it answers the question", Judged(talk).Reason);
        Assert.Single(talk.Client.Of<GenerationCancelled>());
        talk.End();
    }

    [Fact]
    public void ShortCommand_NoPartialInTime_IsUnderstoodByItsFinal()
    {
        var talk = Speaking("stop", new SessionConfig(), engines: NoPartials);

        talk.Speak(200);
        var cancelled = talk.HushUntil<GenerationCancelled>();
        var final = talk.HushUntil<AsrFinal>(f => f.Text == "stop");

        Assert.Equal(CancelReason.BargeIn, cancelled.Reason);
        Assert.DoesNotContain(talk.Client.Of<AsrPartial>(), p => p.TurnId == final.TurnId);
        talk.HushUntil<AssistantTextDone>(d => d.GenerationId == cancelled.GenerationId + 1);
        talk.End();
    }

    [Fact]
    public void ShortSound_FinalDoesNotCome_TheReplyGoesOn()
    {
        var talk = Speaking("stop", engines: NoPartials);
        talk.Engines.Asr.FinalLatency = TimeSpan.FromSeconds(20);

        talk.Speak(200).HushUntil<PlaybackResumed>(limitMs: 1_100);

        Assert.Equal(InterruptionKind.Undecided, Judged(talk).Kind);
        talk.HushUntil<AssistantTextDone>(d => d.HeardText == Reply, limitMs: 15_000);
        talk.End();
    }

    [Fact]
    public void ShortSound_UserGoesOnWhileTheFinalIsAwaited_BothPartsAreOneTurn()
    {
        var talk = Speaking("one two three four five", engines: NoPartials);
        talk.Engines.Asr.FinalLatency = TimeSpan.FromMilliseconds(600);

        talk.Speak(200).Hush(400).Speak(900);
        var final = talk.HushUntil<AsrFinal>(f => f.TurnId != "t1");

        Assert.Single(talk.Client.Of<PlaybackPaused>());
        Assert.Single(talk.Client.Of<GenerationCancelled>());
        Assert.Equal("one two three four five", final.Text);
        talk.End();
    }

    [Fact]
    public void Noise_ThatGoesOn_IsTalkedOverAndAVoiceInItIsHeard()
    {
        var talk = Speaking("", new SessionConfig());
        var noise = Testing.Noise.White(16_000, level: -16);

        talk.Stream(noise, 1_400);

        Assert.Single(talk.Client.Of<PlaybackResumed>());
        Assert.Equal(InterruptionKind.Noise, Judged(talk).Kind);
        Assert.Equal(TurnState.Speaking, talk.Client.Of<StateUpdate>()[^1].State);
        talk.Stream(noise, 1_000);
        Assert.Single(talk.Client.Of<PlaybackPaused>());

        talk.Speak(1_300);

        Assert.Equal(2, talk.Client.Of<PlaybackPaused>().Count);
        Assert.Single(talk.Client.Of<GenerationCancelled>());
        talk.End();
    }

    [Fact]
    public void MicrophoneSwitchedOff_WhileHeld_TheReplyGoesOn()
    {
        var talk = Speaking("hello");

        talk.Speak(100).Wait(6_000);

        Assert.Single(talk.Client.Of<PlaybackResumed>());
        talk.Wait(15_000);
        Assert.Equal(TurnState.Idle, talk.Client.Of<StateUpdate>()[^1].State);
        talk.End();
    }

    [Fact]
    public void Interruption_FirstSyllable_ReachesTheRecogniser()
    {
        var talk = Speaking("no wait a moment", new SessionConfig());

        talk.Speak(600).HushUntil<AsrFinal>(f => f.TurnId == "t2");

        // All 600 ms of it, the windows that passed before it was noticed among them, and the silence that ended it.
        Assert.InRange(LoudSamples(talk.Engines.Asr.LastAudio) / 16, 590, 610);
        talk.End();
    }

    [Fact]
    public void PushToTalk_NoSoundHoldsTheReplyAndStartListenEndsIt()
    {
        var talk = Speaking("hello", new SessionConfig { Turn = new TurnConfig { Mode = TurnMode.PushToTalk } });

        talk.Speak(1_000);
        Assert.Empty(talk.Client.Of<PlaybackPaused>());
        talk.Say(new StartListen());

        Assert.Single(talk.Client.Of<GenerationCancelled>());
        Assert.Equal(TurnState.Listening, talk.Client.Of<StateUpdate>()[^1].State);
        talk.End();
    }

    [Fact]
    public void Interrupt_WhileHeld_StopsAtOnce()
    {
        var talk = Speaking("hello", s_patient);

        talk.Speak(100).Say(new Interrupt());

        Assert.Equal(CancelReason.Interrupt, Assert.Single(talk.Client.Of<GenerationCancelled>()).Reason);
        Assert.Empty(talk.Client.Of<PlaybackResumed>());
        talk.End();
    }

    [Fact]
    public void Playback_OfACancelledReply_IsIgnored()
    {
        var talk = Speaking("hello");
        var first = talk.Client.Packets[^1].GenerationId;
        talk.Say(new Interrupt()).Say(new TextInput("go on")).Hush(1_000);

        talk.Say(new Playback(first, 100)).Say(new Interrupt());

        Assert.True(talk.Client.Of<GenerationCancelled>()[^1].Estimated);
        Assert.DoesNotContain(talk.Session.Timeline.Snapshot(), e => e.Kind == TimelineKinds.PlaybackClamped);
        talk.End();
    }

    [Fact]
    public void Playback_Impossible_IsClampedAndWrittenDown()
    {
        var talk = Speaking("hello");
        var generation = talk.Client.Packets[^1].GenerationId;

        talk.Say(new Playback(generation, 8_000)).Say(new Playback(generation, 4_000)).Say(new Playback(generation, long.MaxValue));

        Assert.Equal(2, talk.Session.Timeline.Snapshot().Count(e => e.Kind == TimelineKinds.PlaybackClamped));
        talk.End();
    }

    [Fact]
    public void Interruption_InTheTimeline_CanBeWritten()
    {
        var talk = Speaking("stop it now");
        talk.Speak(900).HushUntil<GenerationCancelled>();

        var entry = talk.Session.Timeline.Snapshot().Last(e => e.Kind == TimelineKinds.Interruption);
        var json = System.Text.Encoding.UTF8.GetString(TimelineJson.Encode(entry).Data.Span);

        Assert.Contains("\"kind\":\"interruption\"", json, StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"words that ask for the floor\"", json, StringComparison.Ordinal);
        talk.End();
    }

    private static SimulatedConversation Speaking(
        string said, SessionConfig? config = null, string reply = Reply, int afterMs = 1_000, Action<SimulatedEngines>? engines = null)
    {
        var talk = new SimulatedConversation(e =>
        {
            e.Chat.Texts = [reply, "All right."];
            e.Asr.Texts = ["hello there", said];
            engines?.Invoke(e);
        }).Start(new SessionConfig()).Hush(100).Speak(600);
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);
        if (config is not null) { talk.Say(new SessionUpdate(config)); }
        return talk.Hush(afterMs);
    }

    private static void NoPartials(SimulatedEngines engines) => engines.Asr.WordLength = TimeSpan.FromHours(1);

    private static InterruptionJudged Judged(SimulatedConversation talk) =>
        (InterruptionJudged)talk.Session.Timeline.Snapshot().Last(e => e.Kind == TimelineKinds.Interruption).Data!;

    private static int LoudSamples(IReadOnlyList<AudioFrame> audio) =>
        audio.SelectMany(frame => frame.Samples.ToArray().Chunk(160)).Count(part => part.Any(s => Math.Abs((int)s) > 1_000)) * 160;
}
