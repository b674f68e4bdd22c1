using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Endpointing;

namespace Parley.Core.Tests.Turns.Endpointing;

public sealed class EndpointEvidenceTests
{
    private static readonly TurnSignals s_plain = new(TimeSpan.Zero, TimeSpan.FromSeconds(2), "we went home by train", Patience.Normal);

    [Theory]
    [InlineData("we went home by the")]
    [InlineData("we went home by train and")]
    [InlineData("we went home by train because")]
    [InlineData("we went home by train with")]
    [InlineData("we went home and we are")]
    [InlineData("we went home by train um")]
    [InlineData("if we went home")]
    [InlineData("um well uh")]
    [InlineData("we went")]
    public void Weigh_UnfinishedText_SpeaksAgainstTheEnd(string partial) => Assert.True(Weigh(s_plain with { Partial = partial }) < Weigh(s_plain) - 0.5);

    [Theory]
    [InlineData("yes")]
    [InlineData("No, thanks.")]
    [InlineData("yes i can")]
    [InlineData("um yes")]
    public void Weigh_ShortAnswer_SpeaksForTheEnd(string partial) =>
        Assert.True(Weigh(s_plain with { Partial = partial, Speech = TimeSpan.FromMilliseconds(400) }) > Weigh(s_plain));

    [Theory]
    [InlineData("We went home by train.")]
    [InlineData("where did you go then")]
    public void Weigh_SentenceForm_SpeaksForTheEnd(string partial) => Assert.True(Weigh(s_plain with { Partial = partial }) > Weigh(s_plain));

    [Fact]
    public void Weigh_NoText_IsNoFragment() =>
        Assert.True(Weigh(s_plain with { Partial = "" }) > Weigh(s_plain with { Partial = "went" }));

    [Fact]
    public void Weigh_QuestionWasAsked_MakesAWordEnough() =>
        Assert.True(Weigh(s_plain with { Partial = "train", WasAsked = true }) > Weigh(s_plain with { Partial = "train" }) + 1);

    [Fact]
    public void Weigh_OfferedAnswer_SpeaksForTheEndTheMoreOfItIsSaid()
    {
        double[] weights = [.. new[] { AnswerMatch.Begun, AnswerMatch.None, AnswerMatch.NearlyWhole, AnswerMatch.Whole }.Select(m => Weigh(s_plain with { Answer = m }))];

        Assert.Equal(weights.Order().Distinct(), weights);
    }

    [Fact]
    public void Weigh_FallingPitch_SpeaksForTheEndAndALoudHeldVoiceAgainstIt()
    {
        var usual = Weigh(s_plain with { Prosody = new(0, 0.25, -3) });

        Assert.Equal(Weigh(s_plain), usual);
        Assert.True(Weigh(s_plain with { Prosody = new(-12, 0.25, -3) }) > usual);
        Assert.True(Weigh(s_plain with { Prosody = new(12, 0.25, -3) }) < usual);
        Assert.True(Weigh(s_plain with { Prosody = new(0, 0.6, -3) }) < usual);
        Assert.True(Weigh(s_plain with { Prosody = new(0, 0.25, 5) }) < usual);
    }

    [Fact]
    public void Weigh_RisingQuestion_OutweighsTheRise()
    {
        var question = s_plain with { Partial = "are you going home now", Prosody = new(5, 0.25, -3) };

        Assert.True(Weigh(question) > Weigh(s_plain with { Prosody = new(5, 0.25, -3) }) + 0.5);
    }

    [Fact]
    public void Weigh_SlowSpeaker_GetsMoreTimeWithinBounds()
    {
        Assert.True(Weigh(With(5, 900)) < Weigh(s_plain));
        Assert.True(Weigh(With(5, 300)) > Weigh(s_plain));
        Assert.True(Weigh(With(1, 900)) > Weigh(With(5, 900)));
        Assert.Equal(Weigh(With(5, 3_000)), Weigh(With(30, 4_000)));

        static TurnSignals With(int count, int ms) => s_plain with { Pauses = new(count, TimeSpan.FromMilliseconds(ms)) };
    }

    [Theory]
    [InlineData(0.0, -4)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 2.197)]
    [InlineData(1.0, 4)]
    [InlineData(double.NaN, 0)]
    public void Weigh_Model_CountsAsItsLogOddsWithinBounds(double probability, double expected) =>
        Assert.Equal(expected, Weigh(s_plain with { Model = probability }) - Weigh(s_plain), 0.001);

    [Fact]
    public void Weigh_UnsettledText_SpeaksAgainstTheEnd() =>
        Assert.True(Weigh(s_plain with { PartialAge = TimeSpan.FromMilliseconds(50) }) < Weigh(s_plain with { PartialAge = TimeSpan.FromMilliseconds(150) }));

    [Fact]
    public void Weigh_Reasons_AddUpToTheSum()
    {
        var signals = s_plain with { Partial = "um well i", Model = 0.2, Answer = AnswerMatch.Begun, Prosody = new(3, 0.5, 2), Pauses = new(3, TimeSpan.FromSeconds(1)) };
        var reasons = new List<Evidence>();

        Assert.Equal(EndpointEvidence.Weigh(signals, reasons), reasons.Sum(e => e.LogOdds), 1e-9);
        Assert.Equal(reasons.Count, reasons.Select(e => e.Name).Distinct().Count());
    }

    [Fact]
    public void Weigh_WithoutReasons_AllocatesNothing()
    {
        var signals = s_plain with { Prosody = new(3, 0.5, 2), Pauses = new(3, TimeSpan.FromSeconds(1)) };
        Weigh(signals);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) { Weigh(signals); }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    private static double Weigh(in TurnSignals signals) => EndpointEvidence.Weigh(signals);
}
