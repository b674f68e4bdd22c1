using Parley.Experiments.Planning;

namespace Parley.Server.Tests.Experiments;

public sealed class PowerSimulationTests
{
    /// <summary>Cohen, Statistical Power Analysis (1988), table 2.4.1: for d 0.5 and two-sided 0.05, 64 a group have a power of 0.80.</summary>
    [Fact]
    public void Run_MediumEffect_NeedsWhatCohenSays()
    {
        var plan = PowerSimulation.Run(new PlanRequest { Difference = 0.5 }, TestContext.Current.CancellationToken);

        Assert.InRange(plan.LearnersEach, 62, 64);
        var planned = Assert.Single(plan.Points, p => p.LearnersEach == plan.LearnersEach);
        Assert.InRange(planned.Power, 0.77, 0.83);
        Assert.Equal(plan.Points.Select(p => p.Power).Order(), plan.Points.Select(p => p.Power));
        // The price of looking, and what it buys.
        Assert.InRange(planned.SequentialPower, 0.4, planned.Power);
        Assert.InRange(plan.Points[^1].StopsAt, 0.2, 0.8);
    }

    [Fact]
    public void Run_NoEffectAndFourteenLooks_PeekingErrsAndTheSequentialTestDoesNot()
    {
        var plan = PowerSimulation.Run(new PlanRequest { Difference = 0.2, Simulations = 4_000 }, TestContext.Current.CancellationToken);

        Assert.InRange(plan.PeekingError, 0.12, 0.35);
        Assert.InRange(plan.SequentialError, 0, 0.05);
    }

    [Fact]
    public void Run_Shares_UseTheirOwnVariance()
    {
        var plan = PowerSimulation.Run(new PlanRequest { Rate = 0.4, Difference = 0.1 }, TestContext.Current.CancellationToken);

        // (1.96 + 0.84)² · (0.4 · 0.6 + 0.5 · 0.5) / 0.1²
        Assert.InRange(plan.LearnersEach, 384, 386);
        Assert.InRange(plan.Points[2].Power, 0.77, 0.83);
    }

    [Fact]
    public void Run_SameSeed_IsTheSame()
    {
        var request = new PlanRequest { Difference = 0.5, Simulations = 200 };

        Assert.Equal(PowerSimulation.Run(request, TestContext.Current.CancellationToken).Points, PowerSimulation.Run(request, TestContext.Current.CancellationToken).Points);
    }

    [Theory]
    [InlineData(0, null, 1)]
    [InlineData(double.NaN, null, 1)]
    [InlineData(0.5, 0.6, 1)]
    [InlineData(0.5, null, 0)]
    [InlineData(0.001, null, 1)]
    public void Run_WhatCannotBePlanned_IsRefused(double difference, double? rate, double deviation) => Assert.Throws<ArgumentException>(
        () => PowerSimulation.Run(new PlanRequest { Difference = difference, Rate = rate, StandardDeviation = deviation }, TestContext.Current.CancellationToken));
}
