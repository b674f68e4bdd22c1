using Parley.Transports.Protocol;
using Parley.Turns;
using Xunit;

namespace Parley.Testing.Contracts;

/// <summary>What every <see cref="ITurnDetector"/> must do.</summary>
public abstract class TurnDetectorContract
{
    private const string Said = "i would like a sandwich";

    protected abstract ITurnDetector Detector { get; }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Decide_NoSilence_NeverEndsTheTurn(Patience patience) =>
        Assert.False(Decide(TimeSpan.Zero, patience).EndsTurn);

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Decide_TenSecondsOfSilence_EndsTheTurn(Patience patience) =>
        Assert.True(Decide(TimeSpan.FromSeconds(10), patience).EndsTurn);

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Decide_LongerSilence_NeverTakesTheEndBack(Patience patience)
    {
        var ended = false;
        for (var ms = 0; ms <= 10_000; ms += 20)
        {
            var ends = Decide(TimeSpan.FromMilliseconds(ms), patience).EndsTurn;
            Assert.True(ends || !ended, $"ended before {ms} ms and goes on there");
            ended = ends;
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Decide_AtItsOwnRequiredSilence_EndsTheTurn(Patience patience)
    {
        var required = Decide(TimeSpan.Zero, patience).RequiredSilence;

        Assert.True(Decide(required, patience).EndsTurn);
        Assert.False(Decide(required - TimeSpan.FromMilliseconds(1), patience).EndsTurn);
    }

    [Fact]
    public void Decide_MorePatience_AsksForMoreSilence() => Assert.Equal(
        Enum.GetValues<Patience>().Order(), Enum.GetValues<Patience>().OrderBy(p => Decide(TimeSpan.Zero, p).RequiredSilence));

    [Fact]
    public void Decide_Reason_IsGivenAndHoldsNothingThatWasSaid()
    {
        var reason = Decide(TimeSpan.FromSeconds(10), Patience.Normal).Reason;

        Assert.NotEmpty(reason);
        Assert.DoesNotContain(Said.Split(' '), word => word.Length > 4 && reason.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    public static TheoryData<Patience> Profiles => [.. Enum.GetValues<Patience>()];

    private TurnDecision Decide(TimeSpan silence, Patience patience) =>
        Detector.Decide(new TurnSignals(silence, TimeSpan.FromSeconds(2), Said, patience));
}
