using System.Globalization;
using Parley.Experiments.Statistics;
using Parley.Policy.Experiments;
using Parley.Quality;

namespace Parley.Experiments.Reports;

/// <summary>Makes a report of an experiment from the figures of its sessions.</summary>
/// <remarks>
/// Pure. Learners are drawn, so learners are compared: each counts once, with the mean of their sessions, for sessions of one learner are alike and would make up a certainty that is
/// not there.
/// </remarks>
public static class ExperimentReporter
{
    /// <summary>So many days after the first session are looked at.</summary>
    public const int RetentionDays = 14;

    /// <summary>Below this many learners in a variant nothing is decided: the tests rest on means being nearly normal.</summary>
    public const int FewestLearners = 30;

    private const double Alpha = 0.05;

    /// <param name="name">The experiment.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="sessions">The sessions that had a variant of it.</param>
    /// <param name="today">A day that is not over yet.</param>
    public static ExperimentReport Report(string name, ExperimentOptions options, IReadOnlyCollection<SessionFigures> sessions, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(options);
        var learners = sessions.Where(s => s.Learner is not null && s.Variants.ContainsKey(name)).GroupBy(s => s.Learner!).Select(g => new ExposedLearner(name, [.. g])).ToList();
        var steady = learners.Where(l => l.Variant is not null).ToLookup(l => l.Variant!);
        var control = options.Control ?? options.Variants.Keys.Order(StringComparer.Ordinal).First();
        var variants = options.Variants.Select(v => Describe(v.Key, v.Value.Share, [.. steady[v.Key]], today)).ToList();
        var ratio = SampleRatio.Test([.. variants.Select(v => v.Learners)], [.. variants.Select(v => v.Share)]);
        var others = options.Variants.Keys.Where(v => v != control).ToList();
        var comparisons = others.SelectMany(v => SessionFigures.FigureNames.Select(f => Compare(v, f, [.. steady[control]], [.. steady[v]], options))).ToList();
        var returning = others.SelectMany(v => CompareReturns(variants.Single(c => c.Variant == control), variants.Single(o => o.Variant == v))).ToList();
        return new ExperimentReport(
            name, control, options.Figure, sessions.Count == 0 ? null : sessions.Min(s => DateOnly.FromDateTime(s.StartedAt.UtcDateTime)), learners.Count(l => l.Variant is null), variants, ratio,
            comparisons, returning, Judge(variants, ratio, comparisons));
    }

    private static VariantFigures Describe(string variant, double share, IReadOnlyList<ExposedLearner> learners, DateOnly today)
    {
        var figures = new SortedDictionary<string, FigureSummary>(StringComparer.Ordinal);
        foreach (var figure in SessionFigures.FigureNames)
        {
            var sample = Sample.Of(Values(learners, figure));
            if (sample.Count > 0) { figures[figure] = new FigureSummary(sample.Count, sample.Mean, sample.Count < 2 ? null : sample.StandardDeviation); }
        }
        return new VariantFigures(variant, share, learners.Count, learners.Sum(l => l.Sessions.Count), figures, [.. Retention(learners, today)]);
    }

    private static IEnumerable<DayRetention> Retention(IReadOnlyList<ExposedLearner> learners, DateOnly today)
    {
        for (var day = 1; day <= RetentionDays; day++)
        {
            var eligible = learners.Where(l => l.First.AddDays(day) < today).ToList();
            if (eligible.Count == 0) { yield break; }
            var returned = eligible.Count(l => l.Days.Contains(l.First.AddDays(day)));
            yield return new DayRetention(day, eligible.Count, returned, TwoProportions.Wilson((double)returned / eligible.Count, eligible.Count, Alpha));
        }
    }

    private static Comparison Compare(string variant, string figure, IReadOnlyList<ExposedLearner> control, IReadOnlyList<ExposedLearner> other, ExperimentOptions options)
    {
        var (first, second, decides) = (Values(control, figure), Values(other, figure), figure == options.Figure);
        var (a, b) = (Sample.Of(first), Sample.Of(second));
        return new Comparison(variant, figure, decides, Welch.Test(a, b, Alpha), MannWhitney.Test(first, second), decides ? AlwaysValid.Test(a, b, options.Effect, Alpha) : null);
    }

    private static IEnumerable<ReturnComparison> CompareReturns(VariantFigures control, VariantFigures other) =>
        from a in control.Retention
        join b in other.Retention on a.Day equals b.Day
        let test = TwoProportions.Test(a.Returned, a.Learners, b.Returned, b.Learners, Alpha)
        where test is not null
        select new ReturnComparison(other.Variant, a.Day, test.Value);

    private static double[] Values(IEnumerable<ExposedLearner> learners, string figure) => [.. learners.Select(l => l.Figure(figure)).OfType<double>()];

    private static string Judge(List<VariantFigures> variants, SampleRatio? ratio, List<Comparison> comparisons)
    {
        if (variants.Sum(v => v.Learners) == 0) { return "Nobody has taken part yet."; }
        if (ratio is { Holds: false } broken)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Learners are not split as the shares say (p = {broken.P:0.0e+0}): find out who is missing, and believe nothing else here until then.");
        }
        if (variants.Min(v => v.Learners) < FewestLearners) { return $"Too few learners: each variant needs {FewestLearners}."; }
        var found = comparisons.Where(c => c is { Decides: true, AlwaysValid.P: < Alpha }).OrderBy(c => c.AlwaysValid!.Value.P).ToList();
        return found.Count == 0
            ? "Nothing is found yet that would hold whenever one looks."
            : string.Join(' ', found.Select(c => string.Create(
                CultureInfo.InvariantCulture, $"{c.Variant} is {(c.Welch!.Value.Difference > 0 ? "higher" : "lower")} in {c.Figure} by {Math.Abs(c.Welch.Value.Difference):0.###} (p = {c.AlwaysValid!.Value.P:0.####}, whenever one looks).")));
    }
}
