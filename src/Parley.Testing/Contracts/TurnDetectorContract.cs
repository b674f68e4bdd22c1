using Parley.Transports.Protocol;
using Parley.Turns;
using Parley.Turns.Endpointing;
using Xunit;

namespace Parley.Testing.Contracts;

/// <summary>What every <see cref="ITurnDetector"/> must do.</summary>
public abstract class TurnDetectorContract
{
    private const string Said = "i would like a sandwich";

    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(160), s_longest = TimeSpan.FromSeconds(4);
    private static readonly string[] s_words = ["i", "the", "and", "um", "yes", "can", "sandwich", "with", "if", "what", "like.", "no"];

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

    [Fact]
    public void Decide_AnySignals_WaitsWithinBoundsAndLongerWithMorePatience()
    {
        const int Seed = 1;
        var random = new Random(Seed);
        for (var i = 0; i < 2_000; i++)
        {
            var signals = Draw(random);
            var required = Enum.GetValues<Patience>().Order().Select(p => Detector.Decide(signals with { Patience = p }).RequiredSilence).ToArray();
            Assert.All(required, silence => Assert.InRange(silence, s_shortest, s_longest));
            Assert.Equal(required.Order(), required);
        }
    }

    [Fact]
    public void Decide_AnySignals_NeverTakesTheEndBack()
    {
        const int Seed = 2;
        var random = new Random(Seed);
        for (var i = 0; i < 500; i++)
        {
            var (signals, ended) = (Draw(random), false);
            for (var silence = TimeSpan.Zero; silence <= s_longest; silence += TimeSpan.FromMilliseconds(32))
            {
                var ends = Detector.Decide(signals with { Silence = silence, PartialAge = signals.PartialAge + silence }).EndsTurn;
                Assert.True(ends || !ended, $"seed {Seed}, draw {i}: ended before {silence} and goes on there: {signals}");
                ended = ends;
            }
            Assert.True(ended, $"seed {Seed}, draw {i}: never ended: {signals}");
        }
    }

    public static TheoryData<Patience> Profiles => [.. Enum.GetValues<Patience>()];

    private TurnDecision Decide(TimeSpan silence, Patience patience) =>
        Detector.Decide(new TurnSignals(silence, TimeSpan.FromSeconds(2), Said, patience));

    private static TurnSignals Draw(Random random)
    {
#pragma warning disable CA5394 // drawn to be repeated, not to be secret
        var partial = string.Join(' ', random.GetItems(s_words, random.Next(8)));
        return new TurnSignals(TimeSpan.Zero, TimeSpan.FromMilliseconds(random.Next(5_000)), partial, random.GetItems(Enum.GetValues<Patience>(), 1)[0])
        {
            PartialAge = random.Next(2) == 0 ? null : TimeSpan.FromMilliseconds(random.Next(300)),
            Answer = random.GetItems(Enum.GetValues<AnswerMatch>(), 1)[0],
            WasAsked = random.Next(2) == 0,
            Prosody = random.Next(4) == 0 ? null : new(random.Next(-20, 21), random.NextDouble() * 0.64, random.Next(-20, 11)),
            Pauses = new(random.Next(10), TimeSpan.FromMilliseconds(random.Next(160, 4_000))),
            Model = random.Next(3) switch { 0 => null, 1 => random.Next(2), _ => random.NextDouble() },
        };
#pragma warning restore CA5394
    }
}
