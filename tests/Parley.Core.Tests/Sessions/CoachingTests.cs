using System.Runtime.CompilerServices;
using Parley.Pipeline;
using Parley.Testing.Sessions;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Core.Tests.Sessions;

/// <summary>Feedback comes beside the conversation, which goes on as it would without.</summary>
public sealed class CoachingTests
{
    private const string Said = "hello there my friend";

    private static readonly SessionConfig s_asked = new() { Feedback = new FeedbackConfig { Grammar = true } };

    [Fact]
    public void Turn_FeedbackAskedFor_IsToldWhileTheReplyIsSpoken()
    {
        var coach = new ScriptedCoach();
        var talk = new SimulatedConversation(coach: coach).Start(s_asked).Speak(1_000);

        var final = talk.HushUntil<FeedbackFinal>();

        var delta = Assert.Single(talk.Client.Of<FeedbackDelta>());
        var heard = Assert.Single(coach.Turns);
        Assert.Equal(("t1", "t1", heard.Text), (delta.TurnId, final.TurnId, final.Text));
        Assert.Equal(heard.Text, heard.Transcript?.Text);
        Assert.NotEmpty(heard.Audio);
        Assert.DoesNotContain(talk.Client.Of<AssistantTextDone>(), m => m.HeardText == m.Text);
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        talk.End();
    }

    [Fact]
    public void Expect_SpeakerIsSilentAfterWordsThatStand_ComesOnceAndBeforeTheTurnEnds()
    {
        var coach = new ScriptedCoach();
        var talk = new SimulatedConversation(e => e.Asr.Settled = [Said], speculation: new SpeculationOptions(), coach: coach).Start(s_asked).Hush(200);

        talk.Speak(1_200).Hush(300);

        Assert.Empty(talk.Client.Of<AsrFinal>());
        var expected = Assert.Single(coach.Expected);
        Assert.Equal(("t1", Said), (expected.TurnId, expected.Text));
        Assert.NotEmpty(expected.Audio);
        talk.HushUntil<FeedbackFinal>();
        Assert.Single(coach.Expected);
        talk.End();
    }

    [Fact]
    public void Expect_FeedbackNotAskedFor_DoesNotCome()
    {
        var coach = new ScriptedCoach();
        var talk = new SimulatedConversation(e => e.Asr.Settled = [Said], speculation: new SpeculationOptions(), coach: coach).Start().Hush(200);
        talk.Speak(1_200).HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        Assert.Empty(coach.Expected);
        talk.End();
    }

    [Fact]
    public void Turn_Typed_IsLookedAtWithoutAudio()
    {
        var coach = new ScriptedCoach();
        var talk = new SimulatedConversation(coach: coach).Start(s_asked).Say(new TextInput("yesterday I go"));
        talk.HushUntil<FeedbackFinal>();
        var turn = Assert.Single(coach.Turns);
        Assert.Equal(("yesterday I go", null, 0), (turn.Text, turn.Transcript, turn.Audio.Count));
        talk.End();
    }

    [Fact]
    public void Turn_LaterOne_IsLookedAtWithWhatWentBefore()
    {
        var coach = new ScriptedCoach();
        var talk = new SimulatedConversation(coach: coach).Start(s_asked).Say(new TextInput("first"));
        var answer = talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text).Text;
        talk.Say(new TextInput("second"));
        talk.HushUntil<FeedbackFinal>(m => m.TurnId == "t2");
        Assert.Equal([new(true, "first"), new(false, answer)], coach.Turns[1].Before);
        talk.End();
    }

    [Fact]
    public void Turn_SlowCoach_DelaysNoAudio()
    {
        var (with, without) = (FirstAudio(new ScriptedCoach { Delay = TimeSpan.FromSeconds(5) }), FirstAudio(null));
        Assert.Equal(without, with);

        static TimeSpan? FirstAudio(ScriptedCoach? coach)
        {
            var talk = new SimulatedConversation(coach: coach);
            if (coach is not null) { coach.Time = talk.Scheduler.Clock; }
            talk.Start(s_asked).Speak(1_000);
            var metrics = talk.HushUntil<TurnMetrics>();
            talk.End();
            return TimeSpan.FromMilliseconds(metrics.FirstAudioMs!.Value);
        }
    }

    [Fact]
    public void Turn_CoachFails_IsAnsweredAndTheNextIsLookedAt()
    {
        var coach = new ScriptedCoach { Failure = new InvalidOperationException("broken") };
        var talk = new SimulatedConversation(coach: coach).Start(s_asked).Say(new TextInput("hello"));
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        Assert.Empty(talk.Client.Of<FeedbackFinal>());
        coach.Failure = null;
        talk.Say(new TextInput("again"));
        talk.HushUntil<FeedbackFinal>(m => m.TurnId == "t2");
        talk.End();
    }

    [Fact]
    public void Turn_FeedbackNotAskedFor_IsNotLookedAt()
    {
        var coach = new ScriptedCoach();
        var talk = new SimulatedConversation(coach: coach).Start().Say(new TextInput("hello"));
        talk.HushUntil<AssistantTextDone>(m => m.HeardText == m.Text);
        Assert.Empty(coach.Turns);
        talk.Say(new SessionUpdate(s_asked)).Say(new TextInput("again"));
        talk.HushUntil<FeedbackFinal>();
        Assert.Equal("again", Assert.Single(coach.Turns).Text);
        talk.End();
    }

    [Fact]
    public void Session_WithoutACoach_ShowsFeedbackOff()
    {
        var talk = new SimulatedConversation().Start(s_asked);
        Assert.False(talk.Client.Of<SessionReady>()[0].Config.Feedback!.Grammar);
        talk.Say(new FeedbackAck("t1-g0", FeedbackAction.Accepted));
        Assert.Equal(ErrorCodes.NotAvailable, talk.HushUntil<ErrorMessage>().Code);
        talk.End();
    }

    [Fact]
    public void Ack_OfAnItem_ReachesTheCoachWithItsLearner()
    {
        var coach = new ScriptedCoach();
        var talk = new SimulatedConversation(coach: coach).Say(new SessionStart("li", s_asked)).Say(new FeedbackAck("t1-g0", FeedbackAction.Repeated));
        Assert.Equal([("li", new FeedbackAck("t1-g0", FeedbackAction.Repeated))], coach.Acks);
        Assert.Empty(talk.Client.Of<ErrorMessage>());
        talk.End();
    }

    [Fact]
    public void Session_EndsBeforeTheFeedback_IsStillLookedAt()
    {
        var coach = new ScriptedCoach { Delay = TimeSpan.FromSeconds(2) };
        var talk = new SimulatedConversation(coach: coach);
        coach.Time = talk.Scheduler.Clock;
        talk.Start(s_asked).Say(new TextInput("hello")).End();
        talk.Wait(5_000);
        Assert.Equal(1, coach.Finished);
    }

    /// <summary>Finds one thing in each turn.</summary>
    private sealed class ScriptedCoach : ITurnCoach
    {
        public List<SpokenTurn> Turns { get; } = [];

        public List<SpokenTurn> Expected { get; } = [];

        public List<(string? LearnerId, FeedbackAck Ack)> Acks { get; } = [];

        public int Finished { get; private set; }

        public TimeSpan Delay { get; init; }

        public TimeProvider Time { get; set; } = TimeProvider.System;

        public Exception? Failure { get; set; }

        public void Expect(SpokenTurn turn) => Expected.Add(turn);

        public async IAsyncEnumerable<ServerMessage> CoachAsync(SpokenTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Turns.Add(turn);
            if (Failure is { } failure) { throw failure; }
            if (Delay > TimeSpan.Zero) { await Task.Delay(Delay, Time, cancellationToken); }
            yield return new FeedbackDelta(turn.TurnId, $"{turn.TurnId}-g0", FeedbackStage.Grammar, new FeedbackItem([0, 1], turn.Text[..1]));
            yield return new FeedbackFinal(turn.TurnId, turn.Text, 1);
            Finished++;
        }

        public Task AcknowledgeAsync(string? learnerId, FeedbackAck ack, CancellationToken cancellationToken)
        {
            Acks.Add((learnerId, ack));
            return Task.CompletedTask;
        }
    }
}
