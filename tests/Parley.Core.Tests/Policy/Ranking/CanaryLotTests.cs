using Parley.Diagnostics;
using Parley.Policy;
using Parley.Policy.Ranking;
using static Parley.Core.Tests.Policy.Ranking.Engines;

namespace Parley.Core.Tests.Policy.Ranking;

public sealed class CanaryLotTests
{
    private static readonly KeyValuePair<string, double>[] s_shares = [new("b", 0.1), new("a", 0.25)];

    [Fact]
    public void Draw_ManySubjects_KeepsTheShares()
    {
        var drawn = Enumerable.Range(0, 20_000).Select(i => CanaryLot.Draw(VoiceStage.Asr, $"learner-{i}", s_shares)).CountBy(n => n ?? "").ToDictionary();

        Assert.Equal(0.25, drawn["a"] / 20_000.0, 0.015);
        Assert.Equal(0.1, drawn["b"] / 20_000.0, 0.015);
    }

    [Theory]
    [InlineData("ana", "a")]
    [InlineData("finn", "b")]
    [InlineData("carl", null)]
    public void Draw_SameSubject_SameLotForGood(string subject, string? lot) => Assert.Equal(lot, CanaryLot.Draw(VoiceStage.Asr, subject, s_shares));

    [Fact]
    public void Decide_Canary_GetsItsShareAndNoMore()
    {
        var options = new PolicyOptions { Canary = { ["next"] = 0.1 } };
        var decisions = Enumerable.Range(0, 2_000).Select(i => Decide(
            Hearing() with { Subject = $"learner-{i}", Configured = "now" }, options, Engine("now"), Engine("next", accuracy: 1, priority: 9), Engine("third", accuracy: 0))).ToList();

        Assert.Equal(200, decisions.Count(d => d.Chosen == "next"), 60.0);
        Assert.All(decisions, d => Assert.Equal(d.Chosen == "next" ? ("canary: drawn for a share of 0.1", (double?)0.1) : ("configured", null), (d.Why, d.CanaryShare)));
        // A fallback for the others, but the last.
        Assert.All(decisions.Where(d => d.Chosen == "now"), d => Assert.Equal(["now", "third", "next"], d.Engines.Select(e => e.Name)));
    }

    [Fact]
    public void Chooser_Canaries_AreComparedWithWhatTheOthersGet()
    {
        var chooser = new EngineChooser(new PolicyOptions { Canary = { ["next"] = 0.5 } });
        PolicyCandidate[] engines = [Engine("now", readings: Measured(200)), Engine("next", readings: Measured(150))];

        for (var i = 0; i < 100; i++) { chooser.Choose(Hearing() with { Subject = $"{i}" }, engines); }

        var standings = chooser.Canaries([.. engines.Select(e => e.Engine)]);
        Assert.Equal(["next", "now"], standings.Select(s => s.Engine));
        Assert.Equal([0.5, null], standings.Select(s => s.Share));
        Assert.Equal(100, standings.Sum(s => s.Sessions));
        Assert.InRange(standings[0].Sessions, 30, 70);
        Assert.Equal(TimeSpan.FromMilliseconds(150), standings[0].Readings!.Value.Ewma);
    }
}
