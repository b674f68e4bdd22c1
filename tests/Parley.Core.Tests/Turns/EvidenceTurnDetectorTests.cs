using System.ComponentModel.DataAnnotations;
using Parley.Testing.Contracts;
using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Endpointing;

namespace Parley.Core.Tests.Turns;

public sealed class EvidenceTurnDetectorTests : TurnDetectorContract
{
    private static readonly TurnOptions s_options = new();

    private static readonly TurnSignals s_fallen = new(TimeSpan.Zero, TimeSpan.FromSeconds(2), "he put it back in his pocket", Patience.Normal)
    {
        Prosody = new(PitchSlope: -10, Voicing: 0.2, Level: -8),
    };

    protected override ITurnDetector Detector { get; } = new EvidenceTurnDetector(s_options);

    [Theory]
    [InlineData(Patience.Quick, 160, 800)]
    [InlineData(Patience.Normal, 192, 1_400)]
    [InlineData(Patience.Learner, 800, 2_200)]
    public void Decide_CertainOrNot_WaitsTheShortestOrTheLongest(Patience patience, int shortest, int longest)
    {
        Assert.Equal(shortest, Required(s_fallen with { Patience = patience, Answer = AnswerMatch.Whole }));
        Assert.Equal(longest, Required(s_fallen with { Patience = patience, Partial = "um" }));
    }

    [Fact]
    public void Decide_End_SaysWhatSpokeForItAndAgainst()
    {
        var reason = Detector.Decide(s_fallen with { Silence = TimeSpan.FromSeconds(2), Partial = "he put it back in the" }).Reason;

        Assert.StartsWith("normal: over with 0.", reason, StringComparison.Ordinal);
        Assert.Contains("level +0.6", reason, StringComparison.Ordinal);
        Assert.Contains("open ending -0.9", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_TurnGoesOn_SaysNothing() => Assert.Empty(Detector.Decide(s_fallen).Reason);

    [Fact]
    public void Options_LimitBelowSilence_IsRefused()
    {
        var options = new TurnOptions { NormalSilence = TimeSpan.FromSeconds(2) };

        var fault = Assert.Single(options.Validate(new ValidationContext(options)));
        Assert.Equal(["NormalLimit"], fault.MemberNames);
    }

    private double Required(TurnSignals signals) => Detector.Decide(signals).RequiredSilence.TotalMilliseconds;
}
