using System.Globalization;

namespace Parley.Policy.Ranking;

/// <summary>Puts a decision into words, for <c>session.ready</c>, health and the timeline.</summary>
internal static class PolicyReasons
{
    public const string Broken = "it has failed too often just now";

    /// <summary>Why the first of <paramref name="ranked"/> is the first, or why there is none.</summary>
    public static string Explain(IReadOnlyList<Judged> ranked, PolicyRequest request, PolicyOptions options, PolicyWeights weights, bool kept)
    {
        if (ranked is not [{ Ranked.MayServe: true } first, ..]) { return $"no engine is available: {string.Join("; ", ranked.Select(Absence))}"; }
        var rest = ranked.Skip(1).ToList();
        var absent = rest.Where(e => (e.Candidate.Problem is not null || e.Standing == Standing.Broken) && IsMissed(e.Candidate, first, request)).ToList();
        if (absent.Count > 0) { return $"fallback: {string.Join("; ", absent.Select(Absence))}"; }
        var reason = first.Standing switch
        {
            Standing.Asked => "asked for",
            Standing.Canary => string.Create(CultureInfo.InvariantCulture, $"canary: drawn for a share of {options.Canary[first.Candidate.Name]:0.###}"),
            Standing.Configured => "configured",
            Standing.Previous => "kept: it served this session before",
            Standing.Favoured or Standing.Other or Standing.OthersCanary => $"best available{Lead(first, rest, options, weights, kept)}",
            _ => $"best available, though {string.Join(" and ", first.Ranked.Gates)}",
        };
        if (first is { Standing: Standing.Asked or Standing.Configured, Candidate.IsBroken: true }) { reason += $", though {Broken}"; }
        var passed = rest.Where(e => e.Ranked.Gates.Count > 0 && e.Candidate.Problem is null
            && (e.Candidate.Name == request.Asked || (request.Asked is null && e.Candidate.Name == request.Configured)));
        return string.Concat(passed.Select(e => $"{e.Candidate.Name} was passed over: {string.Join(" and ", e.Ranked.Gates)}; ")) + reason;
    }

    public static string TooSlow(PolicyCandidate candidate, PolicyRequest request, PolicyOptions options) => string.Create(CultureInfo.InvariantCulture,
        $"it would take {EngineScorer.ExpectedLatency(candidate.Engine).TotalMilliseconds:0} ms of {options.Budgets.For(request.Stage).TotalMilliseconds:0} allowed");

    /// <summary>Whether the user would have got it, were it available.</summary>
    private static bool IsMissed(PolicyCandidate absent, Judged first, PolicyRequest request) =>
        (request.Asked ?? request.Configured) is { } named ? absent.Name == named
        : first.Standing > Standing.Previous && absent.Priority > first.Candidate.Priority;

    private static string Lead(Judged first, IEnumerable<Judged> rest, PolicyOptions options, PolicyWeights weights, bool kept)
    {
        if (rest.FirstOrDefault(e => e.Ranked.MayServe) is not { } second) { return ""; }
        var lead = first.Ranked.Score.Total - second.Ranked.Score.Total;
        if (kept && lead < 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $": still, for {second.Candidate.Name} has not been ahead by {options.Margin:0.##} for {options.Dwell.TotalSeconds:0.#} s");
        }
        if (second.Standing >= Standing.GatedLocal) { return $": of {second.Candidate.Name}, {string.Join(" and ", second.Ranked.Gates)}"; }
        if (second.Standing != first.Standing) { return second.Standing == Standing.OthersCanary ? "" : $": mode {options.Mode.ToString().ToLowerInvariant()}"; }
        var strengths = Advantages(first.Ranked.Score, second.Ranked.Score, weights).Take(2).Select(a => a.Part);
        return lead < 0.0005 ? $": as good as {second.Candidate.Name}"
            : string.Create(CultureInfo.InvariantCulture, $": {lead:0.00} ahead of {second.Candidate.Name} by {string.Join(" and ", strengths)}");
    }

    /// <summary>The parts in which one is better, the weightiest first.</summary>
    private static IEnumerable<(string Part, double By)> Advantages(PolicyScore a, PolicyScore b, PolicyWeights weights) =>
        new (string Part, double By)[]
        {
            ("latency", weights.Latency * (a.Latency - b.Latency)), ("cost", weights.Cost * (a.Cost - b.Cost)),
            ("accuracy", weights.Accuracy * (a.Accuracy - b.Accuracy)), ("load", weights.Load * (a.Load - b.Load)),
            ("privacy", weights.Privacy * (a.Privacy - b.Privacy)), ("preference", weights.Preference * (a.Preference - b.Preference)),
        }.Where(p => p.By > 0).OrderByDescending(p => p.By);

    private static string Absence(Judged engine) => engine.Candidate.Problem ?? $"{engine.Candidate.Name}: {string.Join(" and ", engine.Ranked.Gates)}";
}
