using System.Globalization;
using Parley.Policy.Ranking;

namespace Parley.Cli.Simulation;

/// <summary>Prints a decision as a table: a row an engine, the chosen one first.</summary>
internal static class DecisionTable
{
    public static void Print(TextWriter to, string source, PolicyDecision decision, IReadOnlyList<TippingPoint> tipping)
    {
        var asked = string.Join(", ", new[] { $"mode {decision.Mode.ToString().ToLowerInvariant()}", decision.Language, decision.Level, decision.Consent == CloudConsent.Any ? "consent to send audio" : "no consent to send audio" }.OfType<string>());
        to.WriteLine($"{decision.Stage} ({source}; {asked})");
        var width = Math.Max(6, decision.Engines.Select(e => e.Name.Length).DefaultIfEmpty(0).Max());
        to.WriteLine(Line($"    {"ENGINE".PadRight(width)}  TOTAL  LATENCY  COST  ACCURACY  LOAD  PRIVACY  PREFERENCE  EXPECTED  GATES"));
        var w = decision.Weights;
        to.WriteLine(Line($"    {"weight".PadRight(width)}         {w.Latency,7:0.00}  {w.Cost,4:0.0}  {w.Accuracy,8:0.00}  {w.Load,4:0.0}  {w.Privacy,7:0.00}  {w.Preference,10:0.00}"));
        var rank = 0;
        foreach (var e in decision.Engines)
        {
            var (s, place) = (e.Score, e.MayServe ? $"{++rank}." : "-");
            var gates = e.Gates.Count > 0 ? string.Join("; ", e.Gates) : e.Standing is Standing.Favoured or Standing.Other ? "" : $"({Words(e.Standing)})";
            to.WriteLine(Line($"{place,3} {e.Name.PadRight(width)}  {s.Total,5:0.000}  {s.Latency,7:0.00}  {s.Cost,4:0.00}  {s.Accuracy,8:0.00}  {s.Load,4:0.00}  {s.Privacy,7:0.00}  {s.Preference,10:0.00}  {e.ExpectedLatencyMs,5:0} ms  {gates}").TrimEnd());
        }
        to.WriteLine($"    → {decision.Chosen}: {decision.Why}");
        foreach (var t in tipping) { to.WriteLine(Line($"    {t.Engine} would win with {Figure(t)} in place of {t.Is:0.###}.")); }
        if (tipping.Count == 0 && decision.Engines is [_, { MayServe: true } second, ..])
        {
            to.WriteLine(second.Standing == decision.Engines[0].Standing
                ? $"    No single figure of {second.Name} would make it win." : $"    {second.Name} is of another class ({Words(second.Standing)}): scores do not decide.");
        }
        to.WriteLine();
    }

    private static string Figure(TippingPoint t) => t.Figure switch
    {
        "latency_ms" => Line($"a latency of {t.Wanted:0} ms"),
        "cost" => Line($"a cost of {t.Wanted:0.##} cents a minute"),
        _ => Line($"{t.Figure} {t.Wanted:0.00}"),
    };

    private static string Words(Standing standing) => standing switch
    {
        Standing.Canary => "canary, drawn",
        Standing.OthersCanary => "canary of other learners",
        Standing.Previous => "served this session before",
        Standing.Other => "not where the mode wants engines",
        Standing.GatedLocal or Standing.GatedRemote => "gated",
        _ => standing.ToString().ToLowerInvariant(),
    };

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
