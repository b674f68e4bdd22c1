using MathNet.Numerics.Distributions;
using Parley.Experiments.Statistics;

namespace Parley.Experiments.Planning;

/// <summary>Runs an experiment many times over with learners that are drawn, to see how often it finds what it looks for.</summary>
/// <remarks>Pure but for the time it takes; seeded. Means are drawn from normal distributions, shares from binomial ones.</remarks>
public static class PowerSimulation
{
    /// <summary>More learners than this are not planned for.</summary>
    public const int MaxLearners = 20_000;

    private static readonly double[] s_scales = [0.5, 0.75, 1, 1.5, 2];

    /// <exception cref="ArgumentException">The request is faulty, or needs too many learners.</exception>
    public static ExperimentPlan Run(PlanRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Fault() is { } fault) { throw new ArgumentException(fault, nameof(request)); }
        var learners = Needed(request);
        if (learners > MaxLearners) { throw new ArgumentException($"It would take {learners:0} learners a variant; up to {MaxLearners} are planned for. Look for a larger difference.", nameof(request)); }
        var each = (int)Math.Max(2 * request.Looks, Math.Ceiling(learners));
        var points = new List<PlanPoint>();
        foreach (var scale in s_scales)
        {
            var count = (int)Math.Max(2 * request.Looks, Math.Ceiling(each * scale));
            var found = Simulate(request, count, request.Difference, cancellationToken);
            points.Add(new PlanPoint(count, found.Plain, found.Sequential, found.StopsAt));
        }
        var nothing = Simulate(request, each, 0, cancellationToken);
        return new ExperimentPlan(each, points, nothing.Peeking, nothing.Sequential);
    }

    /// <summary>n = (z₁₋α⸝₂ + z_power)² · (σ₁² + σ₂²) / δ².</summary>
    private static double Needed(PlanRequest request)
    {
        var z = Normal.InvCDF(0, 1, 1 - request.Alpha / 2) + Normal.InvCDF(0, 1, request.Power);
        return z * z * (Variance(request, 0) + Variance(request, request.Difference)) / (request.Difference * request.Difference);
    }

    private static double Variance(PlanRequest request, double difference) =>
        request.Rate is { } rate ? (rate + difference) * (1 - rate - difference) : request.StandardDeviation * request.StandardDeviation;

    private static Found Simulate(PlanRequest request, int learners, double difference, CancellationToken cancellationToken)
    {
        // Each figure from its own numbers, so that none depends on which others are asked for.
        var random = new Random(unchecked(request.Seed * 31 + learners * 2 + (difference == 0 ? 1 : 0)));
        var (plain, sequential, peeking, stopped) = (0, 0, 0, 0.0);
        for (var run = 0; run < request.Simulations; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (first, second, last) = (new Sample(), new Sample(), false);
            int? stop = null;
            var hasPeeked = false;
            for (var look = 1; look <= request.Looks; look++)
            {
                var more = (int)((long)learners * look / request.Looks) - first.Count;
                (first, second) = (first.With(Draw(request, random, more, 0)), second.With(Draw(request, random, more, difference)));
                last = Welch.Test(first, second, request.Alpha) is { } welch && welch.P < request.Alpha;
                hasPeeked |= last;
                if (stop is null && AlwaysValid.Test(first, second, Math.Abs(request.Difference), request.Alpha) is { } valid && valid.P < request.Alpha) { stop = first.Count; }
            }
            plain += last ? 1 : 0;
            peeking += hasPeeked ? 1 : 0;
            sequential += stop is null ? 0 : 1;
            stopped += (stop ?? learners) / (double)learners;
        }
        double all = request.Simulations;
        return new Found(plain / all, sequential / all, peeking / all, stopped / all);
    }

    /// <summary>So many learners: only their mean and variance matter, whose distributions are known.</summary>
    private static Sample Draw(PlanRequest request, Random random, int count, double difference)
    {
        if (count == 0) { return new Sample(); }
        if (request.Rate is { } rate)
        {
            var share = Binomial.Sample(random, rate + difference, count) / (double)count;
            return new Sample(count, share, count < 2 ? double.NaN : share * (1 - share) * count / (count - 1));
        }
        var (mean, variance) = (difference, request.StandardDeviation * request.StandardDeviation);
        return new Sample(
            count, Normal.Sample(random, mean, Math.Sqrt(variance / count)), count < 2 ? double.NaN : variance * ChiSquared.Sample(random, count - 1) / (count - 1));
    }

    private readonly record struct Found(double Plain, double Sequential, double Peeking, double StopsAt);
}
