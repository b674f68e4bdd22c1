using Parley.Governance;

namespace Parley.Core.Tests.Governance;

public sealed class AdaptiveLimitTests
{
    private static readonly TimeSpan s_usual = TimeSpan.FromMilliseconds(100), s_slow = TimeSpan.FromMilliseconds(900);

    private readonly GovernanceOptions _options = new() { InitialLimit = 20, MinLimit = 4, MaxLimit = 100 };

    [Fact]
    public void Measured_UsualLatencyUnderLoad_GrowsToItsBound()
    {
        var limit = new AdaptiveLimit(_options);

        for (var i = 0; i < 300; i++) { limit.Measured(s_usual, limit.Value, 0); }

        Assert.Equal(100, limit.Value);
    }

    [Fact]
    public void Measured_LatencyRises_ShrinksAndRecovers()
    {
        var limit = new AdaptiveLimit(_options);
        for (var i = 0; i < 50; i++) { limit.Measured(s_usual, 20, 0); }
        var before = limit.Value;

        for (var i = 0; i < 20; i++) { limit.Measured(s_slow, limit.Value, 0); }
        var during = limit.Value;
        for (var i = 0; i < 100; i++) { limit.Measured(s_usual, limit.Value, 0); }

        Assert.InRange(during, 4, before / 2);
        Assert.InRange(limit.Value, before, 100);
    }

    [Fact]
    public void Measured_EngineIsIdle_LearnsNothing()
    {
        var limit = new AdaptiveLimit(_options);

        for (var i = 0; i < 300; i++) { limit.Measured(s_usual, 2, 0); }

        Assert.Equal(20, limit.Value);
    }

    [Fact]
    public void Measured_ProcessorsAreBusy_ShrinksHoweverFastTheAnswersAre()
    {
        var limit = new AdaptiveLimit(_options);

        for (var i = 0; i < 300; i++) { limit.Measured(s_usual, limit.Value, 0.99); }

        Assert.Equal(4, limit.Value);
    }

    [Fact]
    public void Measured_AnyLatencies_StaysWithinItsBounds()
    {
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var limit = new AdaptiveLimit(_options);
            for (var i = 0; i < 500; i++)
            {
                if (random.Next(20) == 0) { limit.Lost(); }
                limit.Measured(TimeSpan.FromMilliseconds(Math.Exp(random.NextDouble() * 14 - 3)), random.Next(0, 120), random.NextDouble());
                Assert.InRange(limit.Value, 4, 100);
            }
        }
    }
}
