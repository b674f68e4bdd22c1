using Parley.Core.Tests.Policy.Ranking;
using Parley.Policy;
using Parley.Policy.Tuning;

namespace Parley.Core.Tests.Policy.Tuning;

public sealed class WeightTunerTests
{
    private static readonly PolicyWeights s_weights = new();

    private long _calls = 100;

    [Fact]
    public void Consider_EnginesAreSlow_LatencyCountsMoreStepByStepUpToItsBound()
    {
        var tuner = Tuner();

        var first = tuner.Consider(Measured(p95Ms: 2_700));
        for (var i = 0; i < 50; i++) { tuner.Consider(Measured(p95Ms: 2_700)); }

        Assert.Equal((1, 1.1), (first!.Before.Latency, first.After.Latency));
        Assert.Equal("an engine in use takes 90 % of its budget: latency counts more", first.Reason);
        Assert.Equal(s_weights with { Latency = 2 }, tuner.Current);
        Assert.Equal(10, tuner.History.Count);
    }

    [Fact]
    public void Consider_EnginesFailThenRecover_LoadCountsMoreThenAsConfigured()
    {
        var tuner = Tuner();

        for (var i = 0; i < 3; i++) { tuner.Consider(Measured(p95Ms: 1_500, failureRate: 0.2)); }
        Assert.Equal(s_weights with { Load = 1.3 }, tuner.Current);
        for (var i = 0; i < 10; i++) { tuner.Consider(Measured(p95Ms: 1_500)); }

        Assert.Equal(s_weights, tuner.Current);
    }

    [Fact]
    public void Consider_TimeToSpare_LatencyCountsLessDownToItsBound()
    {
        var tuner = Tuner();

        for (var i = 0; i < 50; i++) { tuner.Consider(Measured(p95Ms: 300)); }

        Assert.Equal(s_weights with { Latency = 0.5 }, tuner.Current);
    }

    [Fact]
    public void Consider_AStepMadeThingsWorse_IsTakenBackAndTheWeightsRest()
    {
        var tuner = Tuner();
        tuner.Consider(Measured(p95Ms: 2_700));

        var undone = tuner.Consider(Measured(p95Ms: 6_000));

        Assert.Equal((s_weights, "taken back: slowness went from 0.90 to 2.00, failures from 0.00 to 0.00"), (undone!.After, undone.Reason));
        Assert.Empty(tuner.History);
        for (var i = 0; i < 5; i++) { Assert.Null(tuner.Consider(Measured(p95Ms: 6_000))); }
        Assert.NotNull(tuner.Consider(Measured(p95Ms: 6_000)));
    }

    [Fact]
    public void Revert_SeveralSteps_GoesBackOneAtATimeToWhatWasConfigured()
    {
        var tuner = Tuner();
        for (var i = 0; i < 3; i++) { tuner.Consider(Measured(p95Ms: 2_700)); }

        Assert.Equal(1.2, tuner.Revert()!.After.Latency);
        Assert.Equal(1.1, tuner.Revert()!.After.Latency);
        Assert.Equal(s_weights, tuner.Revert()!.After);
        Assert.Null(tuner.Revert());
        Assert.Equal(s_weights, tuner.Current);
    }

    [Fact]
    public void Consider_NothingIsMeasuredOrNothingNew_Stays()
    {
        var tuner = Tuner();
        var slow = Measured(p95Ms: 2_700);

        Assert.Null(tuner.Consider([Engines.Engine("unused").Engine]));
        Assert.NotNull(tuner.Consider(slow));
        Assert.Null(tuner.Consider(slow));
    }

    [Fact]
    public void SessionBegan_TuningIsOff_NeverLooks()
    {
        var chooser = new EngineChooser(new PolicyOptions());

        for (var i = 0; i < 100; i++) { chooser.SessionBegan(() => throw new InvalidOperationException("It looked.")); }

        Assert.Equal(s_weights, chooser.Tuner.Current);
    }

    [Fact]
    public void SessionBegan_TuningIsOn_LooksEverySoManySessionsAndTells()
    {
        var chooser = new EngineChooser(new PolicyOptions { Tuning = new TuningOptions { Enabled = true, EverySessions = 10 } });
        var told = new List<WeightChange>();
        chooser.Tuned = told.Add;

        for (var i = 0; i < 25; i++) { chooser.SessionBegan(() => Measured(p95Ms: 2_700)); }

        Assert.Equal([1.1, 1.2], told.Select(c => c.After.Latency));
    }

    private static WeightTuner Tuner() => new(s_weights, new LatencyBudgets(), new TuningOptions());

    /// <summary>A recogniser in use, as a share of 3 s.</summary>
    private EngineDescription[] Measured(double p95Ms, double failureRate = 0) =>
        [Engines.Engine("used", readings: Engines.Measured(p95Ms / 2, p95Ms, calls: _calls += 10, failureRate: failureRate)).Engine];
}
