using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Core.Tests.Sessions;

public sealed class InterruptionTests
{
    private const string LongReply = "This is the first sentence of a rather long reply. And this is the second one, which nobody wants to hear. And a third.";

    private static SimulatedConversation Speaking(Action<SimulatedEngines>? engines = null, SessionConfig? config = null)
    {
        var talk = new SimulatedConversation(e =>
        {
            e.Chat.Texts = [LongReply, "All right."];
            engines?.Invoke(e);
        }).Start(config).Hush(100).Speak(600);
        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Speaking);
        return talk.Hush(1_000);
    }

    [Fact]
    public void Onset_WhileSpeaking_PausesOutputWithinOnePacket()
    {
        var talk = Speaking();

        talk.Speak(60);

        var all = talk.Client.All.ToList();
        var paused = all.FindIndex(m => m is PlaybackPaused);
        Assert.True(paused > 0, "no paused message");
        Assert.InRange(all.Skip(paused).Count(m => m is AudioPacket), 0, 1);
        talk.End();
    }

    [Fact]
    public void LongSpeech_WhileSpeaking_CancelsAndNothingOfItFollows()
    {
        var talk = Speaking();

        talk.Speak(900);
        var cancelled = talk.HushUntil<GenerationCancelled>();
        talk.Hush(2_000);

        Assert.Equal(CancelReason.BargeIn, cancelled.Reason);
        var after = talk.Client.All.SkipWhile(m => !ReferenceEquals(m, cancelled)).Skip(1).ToList();
        Assert.DoesNotContain(after, m => m is AudioPacket p && p.GenerationId == cancelled.GenerationId);
        Assert.DoesNotContain(after, m => m is AssistantTextDelta d && d.GenerationId == cancelled.GenerationId);
        Assert.DoesNotContain(after, m => m is VisemeTimeline v && v.GenerationId == cancelled.GenerationId);
        talk.End();
    }

    [Fact]
    public void BargeIn_HistoryHoldsOnlyTheWordsThatWereHeard()
    {
        var talk = Speaking(config: new SessionConfig { Turn = new TurnConfig { MinInterruptionMs = 0 } });
        var position = talk.Client.Packets[^1].SampleOffset / SimulatedSynthesizer.WordSamples;

        talk.Speak(600);
        var cancelled = talk.HushUntil<GenerationCancelled>();
        talk.HushUntil<AsrFinal>(f => f.TurnId == "t2");

        var heard = cancelled.HeardText.Split(' ').Length;
        Assert.InRange(heard, 2, position + 1);
        Assert.StartsWith(cancelled.HeardText, LongReply, StringComparison.Ordinal);
        var remembered = talk.Engines.Chat.Prompts[1][^2];
        Assert.Equal(cancelled.HeardText.TrimEnd(',') + "—", remembered.Text.Replace(" —", "—", StringComparison.Ordinal));
        Assert.Equal(true, remembered.AdditionalProperties![Parley.Replies.ReplyProperties.Interrupted]);
        talk.End();
    }

    [Fact]
    public void Cough_WhileSpeaking_ResumesAtTheVerySample()
    {
        var talk = Speaking(e => e.Asr.Texts = ["hello there", ""]);

        talk.Speak(120);
        var resumed = talk.HushUntil<PlaybackResumed>();
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == LongReply);

        Assert.Equal(talk.Client.Of<PlaybackPaused>()[0].AtSample, resumed.AtSample);
        Assert.Empty(talk.Client.Of<GenerationCancelled>());
        long next = 0;
        foreach (var packet in talk.Client.Packets)
        {
            Assert.Equal(next, packet.SampleOffset);
            next += packet.Samples.Length;
        }
        talk.End();
    }

    [Fact]
    public void Words_WhileSpeaking_CancelBeforeTheMinimumLength()
    {
        var talk = Speaking(
            e => e.Asr.Texts = ["hello there", "stop right now please"],
            new SessionConfig { Turn = new TurnConfig { MinInterruptionMs = 5_000, MinInterruptionWords = 3 } });

        talk.Speak(900);

        Assert.Equal(CancelReason.BargeIn, Assert.Single(talk.Client.Of<GenerationCancelled>()).Reason);
        talk.End();
    }

    [Fact]
    public void BargeIn_SwitchedOff_SpeechChangesNothing()
    {
        var talk = Speaking(config: new SessionConfig { Turn = new TurnConfig { BargeIn = false } });

        talk.Speak(900).HushUntil<AssistantTextDone>(m => m.HeardText == LongReply);

        Assert.Empty(talk.Client.Of<PlaybackPaused>());
        Assert.Empty(talk.Client.Of<GenerationCancelled>());
        talk.End();
    }

    [Fact]
    public void Interrupt_StopsAtOnceAndReportsWhatWasHeard()
    {
        var talk = Speaking();

        talk.Say(new Interrupt());

        var cancelled = Assert.Single(talk.Client.Of<GenerationCancelled>());
        Assert.Equal(CancelReason.Interrupt, cancelled.Reason);
        Assert.True(cancelled.Estimated);
        Assert.Equal(TurnState.Idle, talk.Client.Of<StateUpdate>()[^1].State);
        talk.End();
    }

    [Fact]
    public void Interrupt_OfAnotherGeneration_ChangesNothing()
    {
        var talk = Speaking();

        talk.Say(new Interrupt(GenerationId: 77));

        Assert.Empty(talk.Client.Of<GenerationCancelled>());
        talk.End();
    }

    [Fact]
    public void PlaybackReports_DecideWhatWasHeard()
    {
        var talk = Speaking();
        var generation = talk.Client.Packets[0].GenerationId;

        talk.Say(new Playback(generation, 2 * SimulatedSynthesizer.WordSamples)).Say(new Interrupt());

        var cancelled = Assert.Single(talk.Client.Of<GenerationCancelled>());
        Assert.False(cancelled.Estimated);
        Assert.Equal("This is", cancelled.HeardText);
        talk.End();
    }

    [Fact]
    public void Playback_BeyondWhatWasSent_IsClamped()
    {
        var talk = Speaking();
        var generation = talk.Client.Packets[0].GenerationId;
        var sent = talk.Client.Packets[^1].SampleOffset + talk.Client.Packets[^1].Samples.Length;

        talk.Say(new Playback(generation, long.MaxValue)).Say(new Interrupt());

        Assert.InRange(Assert.Single(talk.Client.Of<GenerationCancelled>()).HeardSamples, 0, sent + 640);
        talk.End();
    }

    [Fact]
    public void TypedText_WhileSpeaking_StopsTheReplyAndIsAnswered()
    {
        var talk = Speaking();

        talk.Say(new TextInput("something else"));
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == "All right.");

        Assert.Equal("something else", talk.Engines.Chat.Prompts[1][^1].Text);
        Assert.Single(talk.Client.Of<GenerationCancelled>());
        talk.End();
    }

    [Fact]
    public void SpeechGoesOn_BeforeTheReplyIsHeard_BothPartsBecomeOneTurn()
    {
        var talk = new SimulatedConversation(e =>
        {
            e.Asr.Texts = ["i would like", "a cup of coffee"];
            e.Chat.FirstTokenLatency = TimeSpan.FromSeconds(2);
        }).Start().Hush(100).Speak(600);
        talk.HushUntil<AsrFinal>();

        talk.Hush(200).Speak(900).HushUntil<AsrFinal>(f => f.TurnId == "t2");
        talk.HushUntil<AssistantTextDone>();

        Assert.Equal(CancelReason.Superseded, Assert.Single(talk.Client.Of<GenerationCancelled>()).Reason);
        Assert.Equal("i would like a cup of coffee", Assert.Single(talk.Engines.Chat.Prompts[1].Skip(1)).Text);
        talk.End();
    }

    [Fact]
    public void PushToTalk_VoiceActivityOpensAndEndsNothing()
    {
        var talk = new SimulatedConversation().Start(new SessionConfig { Turn = new TurnConfig { Mode = TurnMode.PushToTalk } });

        talk.Speak(900).Hush(900);
        Assert.Empty(talk.Client.Of<VadEvent>());
        talk.Say(new StartListen()).Speak(600).Hush(900).Speak(300);
        Assert.Empty(talk.Client.Of<AsrFinal>());
        talk.Say(new StopListen()).HushUntil<AssistantTextDone>();

        Assert.Single(talk.Client.Of<AsrFinal>());
        talk.End();
    }
}
