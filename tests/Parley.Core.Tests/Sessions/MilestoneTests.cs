using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Core.Tests.Sessions;

/// <summary>The messages that tell where a turn and its reply stand: what a client must know that shows captions, or speaks another protocol.</summary>
public sealed class MilestoneTests
{
    [Fact]
    public void Turn_SpokenAndAnswered_TellsEachStepOnceAndInOrder()
    {
        var talk = new SimulatedConversation().Start().Hush(200).Speak(1_200);

        talk.HushUntil<ReplyFinished>();

        var steps = talk.Client.Messages
            .Where(m => m is TurnEnded or AsrFinal or ReplyBegan or AudioEnded or ReplyFinished || (m is AssistantTextDone d && d.HeardText != d.Text))
            .Select(m => m.GetType());
        Assert.Equal(
            [typeof(TurnEnded), typeof(AsrFinal), typeof(ReplyBegan), typeof(AssistantTextDone), typeof(AudioEnded), typeof(ReplyFinished)], steps);
        Assert.Equal("t1", talk.Client.Of<TurnEnded>()[0].TurnId);
        Assert.Equal(new ReplyFinished("t1", 1, Failed: false), talk.Client.Of<ReplyFinished>()[0] with { SessionId = "", Seq = 0, TraceId = null });
        Assert.Equal(talk.Client.Packets.Sum(p => p.Samples.Length), talk.Client.Of<AudioEnded>()[0].Samples);
        talk.End();
    }

    [Fact]
    public void Turn_SpokenAfterSilence_ItsTimesAreThoseOfTheAudio()
    {
        var talk = new SimulatedConversation().Start().Hush(1_000).Speak(600);

        var end = talk.HushUntil<TurnEnded>();

        Assert.Equal(1_000, end.SpeechStartMs, tolerance: 64);
        Assert.Equal(1_600, end.SpeechEndMs, tolerance: 64);
        talk.End();
    }

    [Fact]
    public void Turn_EndedByHand_EndsWhereTheAudioStood()
    {
        var talk = new SimulatedConversation().Start().Hush(500).Say(new StartListen()).Speak(600).Hush(400).Say(new StopListen());

        var end = Assert.Single(talk.Client.Of<TurnEnded>());

        Assert.Equal(500, end.SpeechStartMs, tolerance: 32);
        Assert.Equal(1_500, end.SpeechEndMs, tolerance: 32);
        talk.End();
    }

    [Fact]
    public void Turn_NothingUnderstood_EndsAndTheFloorIsFree()
    {
        var talk = new SimulatedConversation(e => e.Asr.Texts = [""]).Start().Speak(600);

        talk.HushUntil<StateUpdate>(s => s.State == Parley.Turns.TurnState.Idle);

        Assert.Single(talk.Client.Of<TurnEnded>());
        Assert.Empty(talk.Client.Of<AsrFinal>());
        Assert.Empty(talk.Client.Of<ReplyBegan>());
        talk.End();
    }

    [Fact]
    public void Interruption_Certain_TheTurnEndsOnceAfterTheReplyWasCancelled()
    {
        var talk = new SimulatedConversation().Start().Hush(200).Speak(1_200);
        talk.HushUntil<SegmentBegan>();

        talk.Hush(300).Speak(1_200);
        talk.HushUntil<AsrFinal>(f => f.TurnId == "t2");

        var messages = talk.Client.Messages;
        var cancelled = messages.ToList().FindIndex(m => m is GenerationCancelled { GenerationId: 1 });
        var ended = messages.ToList().FindIndex(m => m is TurnEnded { TurnId: "t2" });
        Assert.True(cancelled >= 0 && cancelled < ended, $"cancelled at {cancelled}, ended at {ended}");
        Assert.Single(messages.OfType<TurnEnded>(), m => m.TurnId == "t2");
        Assert.DoesNotContain(messages, m => m is ReplyFinished { GenerationId: 1 });
        talk.End();
    }

    [Fact]
    public void Interruption_OnlyANod_EndsNoTurn()
    {
        var talk = new SimulatedConversation(e => e.Asr.Texts = ["mm-hm"]).Start().Say(new TextInput("hello"));
        talk.HushUntil<SegmentBegan>();

        talk.Hush(200).Speak(240);
        talk.HushUntil<PlaybackResumed>();

        Assert.Empty(talk.Client.Of<TurnEnded>());
        talk.End();
    }

    [Fact]
    public void Segments_OfAReply_SayWhatTheirAudioSays()
    {
        var talk = new SimulatedConversation(e => e.Chat.Texts = ["Coming right up. Anything else today?"]).Start().Say(new TextInput("A coffee, please."));

        talk.HushUntil<ReplyFinished>();

        var segments = talk.Client.Of<SegmentBegan>();
        Assert.Equal(["Coming right up.", "Anything else today?"], segments.Select(s => s.Text));
        Assert.Equal(0, segments[0].SampleOffset);
        Assert.Equal(3 * SimulatedSynthesizer.WordSamples, segments[1].SampleOffset);
        var all = talk.Client.All.ToList();
        var second = all.FindIndex(m => m is SegmentBegan { Segment: 1 });
        Assert.Equal(0u, all.Take(second).OfType<AudioPacket>().Last().Segment);
        Assert.Equal(1u, all.Skip(second).OfType<AudioPacket>().First().Segment);
        talk.End();
    }

    [Fact]
    public void Update_OfTheOutputRate_HoldsFromTheNextReplyOn()
    {
        var talk = new SimulatedConversation().Start().Say(new TextInput("hello"));
        talk.HushUntil<SegmentBegan>();
        talk.Say(new SessionUpdate(new SessionConfig { Audio = new AudioConfig { Out = new AudioOutConfig { SampleRate = 24_000 } } }));
        talk.HushUntil<ReplyFinished>();
        talk.Say(new TextInput("and now?"));

        talk.HushUntil<ReplyFinished>(r => r.GenerationId == 2);

        Assert.All(talk.Client.Packets, p => Assert.Equal(p.GenerationId == 1 ? 16_000 : 24_000, p.SampleRate));
        Assert.Contains(talk.Client.Packets, p => p.GenerationId == 2);
        talk.End();
    }

    [Fact]
    public void Update_OfTheInputRate_HoldsForTheNextAudio()
    {
        var talk = new SimulatedConversation().Start().Hush(200)
            .Say(new SessionUpdate(new SessionConfig { Audio = new AudioConfig { In = new AudioInConfig { SampleRate = 8_000 } } }));

        // Each frame now lasts twice as long.
        talk.Speak(600).Hush(600);

        Assert.Empty(talk.Client.Of<ErrorMessage>());
        var end = talk.HushUntil<TurnEnded>();
        Assert.Equal(1_200, end.SpeechEndMs - end.SpeechStartMs, tolerance: 96);
        talk.End();
    }
}
