using Parley.Experiments.Statistics;

namespace Parley.Experiments.Reports;

/// <summary>What an experiment has shown so far.</summary>
/// <param name="Experiment">Its name.</param>
/// <param name="Control">The variant that the others are compared with.</param>
/// <param name="Figure">The figure that decides.</param>
/// <param name="Since">The day of the first exposure; null: there was none.</param>
/// <param name="Crossed">Learners who got several variants, because shares changed; they count for none.</param>
/// <param name="Variants">How each fares.</param>
/// <param name="SampleRatio">Whether variants have as many learners as their shares say; null: there are none.</param>
/// <param name="Comparisons">Each variant against the control, in each figure.</param>
/// <param name="Returning">Each variant against the control, by day: who came back.</param>
/// <param name="Verdict">What follows, in a sentence.</param>
public sealed record ExperimentReport(
    string Experiment, string Control, string Figure, DateOnly? Since, int Crossed, IReadOnlyList<VariantFigures> Variants, SampleRatio? SampleRatio, IReadOnlyList<Comparison> Comparisons,
    IReadOnlyList<ReturnComparison> Returning, string Verdict);

/// <summary>How a variant fares.</summary>
/// <param name="Variant">Its name.</param>
/// <param name="Share">The share of learners that it should have.</param>
/// <param name="Learners">Those who had it.</param>
/// <param name="Sessions">Their sessions.</param>
/// <param name="Figures">Each figure of learners: a learner's is the mean of their sessions.</param>
/// <param name="Retention">Who came back, by day after the first session with it.</param>
public sealed record VariantFigures(
    string Variant, double Share, int Learners, int Sessions, IReadOnlyDictionary<string, FigureSummary> Figures, IReadOnlyList<DayRetention> Retention);

/// <summary>A figure of some learners.</summary>
/// <param name="Learners">Those who have it.</param>
/// <param name="Mean">Its mean.</param>
/// <param name="StandardDeviation">How much they differ; null of fewer than two.</param>
public sealed record FigureSummary(int Learners, double Mean, double? StandardDeviation);

/// <summary>Who came back on a day.</summary>
/// <param name="Day">Days after the first session.</param>
/// <param name="Learners">Those for whom this day is over.</param>
/// <param name="Returned">Those of them who had a session on it.</param>
/// <param name="Interval">Where the share lies.</param>
public sealed record DayRetention(int Day, int Learners, int Returned, Interval Interval);

/// <summary>A variant against the control, in one figure. A test that cannot be made is null.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Decides">Whether it is the one that decides.</param>
/// <param name="Welch">Whether the means differ, for whoever looks once.</param>
/// <param name="MannWhitney">Whether one tends to be larger.</param>
/// <param name="AlwaysValid">Whether the means differ, for whoever looks again and again; for the figure that decides alone.</param>
public sealed record Comparison(string Variant, string Figure, bool Decides, Welch? Welch, MannWhitney? MannWhitney, AlwaysValid? AlwaysValid);

/// <summary>A variant against the control: who came back on a day.</summary>
public sealed record ReturnComparison(string Variant, int Day, TwoProportions Test);
