using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Endpointing;
using Parley.Vad;

namespace Parley.Core.Tests.Turns.Endpointing;

public sealed class EvidenceCollectorTests
{
    private static readonly short[] s_voice = Voices.Voice(160, 0.032);

    private readonly EvidenceCollector _collector = new();
    private readonly SpeechSegmenter _segmenter = new(new VadOptions());
    private SegmenterUpdate _speech;

    [Fact]
    public void ToSignals_AfterSpeech_HasItsProsody()
    {
        _collector.Begin([], wasAsked: true);
        Hear(20, 5);

        var signals = Signals();
        Assert.NotNull(signals.Prosody);
        Assert.True(signals.WasAsked);
        Assert.Equal(TimeSpan.FromMilliseconds(160), signals.Silence);
    }

    [Fact]
    public void ToSignals_SpeechWithAPause_IsAllOfTheTurn()
    {
        _collector.Begin([], wasAsked: false);
        Hear(20, 10);
        Hear(20, 5);

        Assert.Equal(TimeSpan.FromMilliseconds(50 * 32), Signals().Speech);
    }

    [Fact]
    public void ToSignals_Partial_HasItsAgeAndItsAnswer()
    {
        _collector.Begin(["Some tea"], wasAsked: false);
        Hear(20, 0);
        _collector.Understand("some tea", _speech.Now);
        Hear(0, 3);
        _collector.Understand("some tea", _speech.Now);

        Assert.Equal((AnswerMatch.Whole, TimeSpan.FromMilliseconds(96)), (Signals().Answer, Signals().PartialAge));
    }

    [Fact]
    public void Begin_NextTurn_ForgetsTheLastButNotThePauses()
    {
        _collector.Begin(["Some tea"], wasAsked: true);
        Hear(20, 15);
        Hear(20, 60);
        _collector.Understand("some tea", _speech.Now);
        _collector.Judge(0.9);
        _collector.End();
        _collector.Begin([], wasAsked: false);

        var expected = new TurnSignals(_speech.SilenceSoFar, TimeSpan.Zero, "", Patience.Normal) { Pauses = new(1, TimeSpan.FromMilliseconds(512)) };
        Assert.Equal(expected, Signals());
    }

    [Fact]
    public void Hear_SpeakerGoesOnAfterTheEnd_LearnsThePauseThatWasTakenForIt()
    {
        _collector.Begin([], wasAsked: false);
        Hear(20, 10);
        _collector.End();
        Hear(0, 10);
        Hear(20, 0);

        Assert.Equal(1, Signals().Pauses.Count);
    }

    [Fact]
    public void Hear_NextTurnLater_IsNoPause()
    {
        _collector.Begin([], wasAsked: false);
        Hear(20, 10);
        _collector.End();
        Hear(0, 60);
        _collector.Begin([], wasAsked: false);
        Hear(20, 0);

        Assert.Equal(0, Signals().Pauses.Count);
    }

    [Fact]
    public void Hear_SpeakerGoesOn_ForgetsWhatTheModelSaidOfThePause()
    {
        _collector.Begin([], wasAsked: false);
        Hear(20, 5);
        _collector.Judge(0.7);
        Assert.Equal(0.7, Signals().Model);

        Hear(5, 5);
        Assert.Null(Signals().Model);
    }

    private void Hear(int speech, int silence)
    {
        for (var i = 0; i < speech + silence; i++)
        {
            _speech = _segmenter.Push(i < speech ? 1 : 0);
            _collector.Hear(i < speech ? s_voice : new short[512], _speech);
        }
    }

    private TurnSignals Signals() => _collector.ToSignals(_speech, Patience.Normal);
}
