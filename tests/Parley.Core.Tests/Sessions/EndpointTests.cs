using Parley.Replies;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Endpointing;

namespace Parley.Core.Tests.Sessions;

/// <summary>What a session gathers for its turn detector.</summary>
public sealed class EndpointTests
{
    private readonly SpyDetector _spy = new();

    [Fact]
    public void TurnDetector_UserPauses_IsToldWhatWasUnderstoodAndHowItSounded()
    {
        var talk = Talk().Start().Speak(1_200);
        talk.HushUntil<AsrFinal>();

        var signals = _spy.Asked[^1];
        Assert.Equal("hello there my friend", signals.Partial);
        Assert.InRange(signals.Speech.TotalMilliseconds, 1_100, 1_300);
        Assert.NotNull(signals.Prosody);
        Assert.Null(signals.Model);
        Assert.False(signals.WasAsked);
        talk.End();
    }

    [Fact]
    public void TurnDetector_SilenceIsSet_IsNotAskedUntilItIsTakenBack()
    {
        var talk = Talk().Start(new SessionConfig { Turn = new TurnConfig { SilenceMs = 2_000 } }).Speak(1_200).Hush(1_980);
        Assert.Empty(talk.Client.Of<TurnEnded>());
        talk.Hush(40);
        Assert.Single(talk.Client.Of<TurnEnded>());
        Assert.Empty(_spy.Asked);

        talk.HushUntil<StateUpdate>(s => s.State == TurnState.Idle);
        talk.Say(new SessionUpdate(new SessionConfig { Turn = new TurnConfig { SilenceMs = 0 } })).Speak(1_200).Hush(200);

        Assert.NotEmpty(_spy.Asked);
        talk.End();
    }

    [Fact]
    public void TurnDetector_AssistantAskedAndOffered_IsToldBoth()
    {
        var talk = Talk(engines =>
        {
            engines.Chat.Texts = ["What would you like?"];
            engines.Chat.Extras = [new SuggestionsContent([new Suggestion("s1", "Hello there, my friend.")])];
        }).Start();
        talk.Speak(1_200).HushUntil<AssistantTextDone>(done => done.HeardText == done.Text);
        Assert.Equal((false, AnswerMatch.None), (_spy.Asked[^1].WasAsked, _spy.Asked[^1].Answer));

        talk.Speak(1_200).HushUntil<AsrFinal>(final => final.TurnId == "t2");

        Assert.Equal((true, AnswerMatch.Whole), (_spy.Asked[^1].WasAsked, _spy.Asked[^1].Answer));
        talk.End();
    }

    [Fact]
    public void TurnDetector_UserPausesInTheTurn_LearnsThePause()
    {
        var talk = Talk().Start().Speak(600).Hush(300).Speak(600);
        talk.HushUntil<AsrFinal>();

        Assert.Equal(1, _spy.Asked[^1].Pauses.Count);
        Assert.InRange(_spy.Asked[^1].Pauses.UpperFifth.TotalMilliseconds, 260, 380);
        talk.End();
    }

    [Fact]
    public void TurnModel_Judges_IsHeardOncePerPause()
    {
        SimulatedTurnModel? model = null;
        var talk = Talk(engines => engines.TurnModel = model = new SimulatedTurnModel(engines.Time) { Probability = 0.9 }).Start();

        talk.Speak(600).Hush(300).Speak(600).HushUntil<AsrFinal>();

        Assert.Equal(2, model!.Judged.Count);
        Assert.Equal(0.9, _spy.Asked[^1].Model);
        Assert.Null(_spy.Asked[0].Model);
        talk.End();
    }

    [Fact]
    public void TurnModel_TooSlow_IsNotWaitedFor()
    {
        var talk = Talk(engines => engines.TurnModel = new SimulatedTurnModel(engines.Time) { Latency = TimeSpan.FromSeconds(5) }).Start();

        talk.Speak(600).HushUntil<AsrFinal>();

        Assert.Null(_spy.Asked[^1].Model);
        talk.End();
    }

    private SimulatedConversation Talk(Action<SimulatedEngines>? engines = null) => new(e =>
    {
        e.TurnDetector = _spy;
        engines?.Invoke(e);
    });

    /// <summary>Ends turns after 400 ms and remembers what it was asked.</summary>
    private sealed class SpyDetector : ITurnDetector
    {
        private readonly SilenceTurnDetector _silence = new() { Normal = TimeSpan.FromMilliseconds(400) };

        public List<TurnSignals> Asked { get; } = [];

        public string Name => "spy";

        public TurnDecision Decide(in TurnSignals signals)
        {
            Asked.Add(signals);
            return _silence.Decide(signals);
        }
    }
}
