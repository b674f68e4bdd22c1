using System.Globalization;
using Parley.Experiments.Planning;
using Parley.Experiments.Reports;
using Parley.Experiments.Statistics;

namespace Parley.Cli.Experiments;

/// <summary>Reports and plans of experiments as tables for people.</summary>
internal static class ExperimentTables
{
    public static void Print(TextWriter output, ExperimentReport report)
    {
        output.WriteLine($"{report.Experiment}: {report.Verdict}");
        output.WriteLine();
        output.WriteLine($"{"VARIANT",-20} {"SHARE",6} {"LEARNERS",9} {"SESSIONS",9}");
        foreach (var v in report.Variants) { Line(output, $"{v.Variant + (v.Variant == report.Control ? " (control)" : ""),-20} {v.Share,6:0.00} {v.Learners,9} {v.Sessions,9}"); }
        if (report.SampleRatio is { } ratio) { Line(output, $"Split: χ² {ratio.ChiSquared:0.00}, p {ratio.P:0.0000}{(ratio.Holds ? "" : ", which is not what the shares say")}. {report.Crossed} had several variants and count for none."); }
        output.WriteLine();
        output.WriteLine($"{"VARIANT",-14} {"FIGURE",-20} {"CONTROL",10} {"VARIANT",10} {"DIFFERENCE, 95 %",28} {"WELCH P",8} {"MANN-W. P",9} {"ANY TIME P",10}");
        foreach (var c in report.Comparisons)
        {
            var (control, variant) = (Mean(report, report.Control, c.Figure), Mean(report, c.Variant, c.Figure));
            if (control is null && variant is null) { continue; }
            Line(output, $"{c.Variant,-14} {(c.Decides ? "*" : "") + c.Figure,-20} {Number(control),10} {Number(variant),10} {Range(c.Welch),28} {P(c.Welch?.P),8} {P(c.MannWhitney?.P),9} {P(c.AlwaysValid?.P),10}");
        }
        output.WriteLine("* decides. Welch's and Mann and Whitney's p hold for one look, at the end; the last holds at any time.");
        foreach (var v in report.Variants.Where(v => v.Retention.Count > 0))
        {
            Line(output, $"Back on day, {v.Variant}: {string.Join("  ", v.Retention.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Day}: {(double)d.Returned / d.Learners:0%}")))}");
        }
    }

    public static void Print(TextWriter output, ExperimentPlan plan, PlanRequest request)
    {
        Line(output, $"{plan.LearnersEach} learners a variant find a difference of {request.Difference} with a power of {request.Power:0.00}, if one looks once, at the end.");
        output.WriteLine();
        output.WriteLine($"{"LEARNERS",9} {"POWER",7} {"ANY TIME",9} {"OVER AFTER",11}");
        foreach (var p in plan.Points) { Line(output, $"{p.LearnersEach,9} {p.Power,7:0.000} {p.SequentialPower,9:0.000} {p.StopsAt,11:0%}"); }
        output.WriteLine();
        Line(output, $"Who looks {request.Looks} times and stops at the first p below {request.Alpha} finds a difference that is not there in {plan.PeekingError:0.0%} of experiments; with the test for any time in {plan.SequentialError:0.0%}.");
    }

    private static double? Mean(ExperimentReport report, string variant, string figure) =>
        report.Variants.Single(v => v.Variant == variant).Figures.TryGetValue(figure, out var found) ? found.Mean : null;

    private static string Range(Welch? welch) => welch is { } w ? string.Create(CultureInfo.InvariantCulture, $"{w.Difference:0.###} ({w.Interval.Low:0.###} to {w.Interval.High:0.###})") : "-";

    private static string Number(double? value) => value is { } known ? known.ToString("0.###", CultureInfo.InvariantCulture) : "-";

    private static string P(double? p) => p is { } known ? known.ToString("0.0000", CultureInfo.InvariantCulture) : "-";

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
