using Parley.Diagnostics;

namespace Parley.Policy.Ranking;

/// <summary>Ranks the engines of a stage: gates first, then what was named, then the mode, then the scores, with hysteresis for the first place.</summary>
/// <remarks>Pure: the same arguments give the same decision. What must be remembered between decisions is passed in and handed back.</remarks>
public static class EnginePolicy
{
    /// <summary>Decides.</summary>
    /// <param name="request">Whom it is for.</param>
    /// <param name="candidates">All engines of the stage.</param>
    /// <param name="options">The rules.</param>
    /// <param name="weights">The weights in force.</param>
    /// <param name="state">What the last decision of the same race handed back; null: it is the first.</param>
    /// <param name="now">The time on a clock that never goes back.</param>
    public static (PolicyDecision Decision, Incumbency? State) Decide(
        PolicyRequest request, IReadOnlyList<PolicyCandidate> candidates, PolicyOptions options, PolicyWeights weights, Incumbency? state, TimeSpan now)
    {
        var shares = options.Canary.Where(c => candidates.Any(e => e.Name == c.Key)).ToArray();
        var drawn = request.Subject is { } subject ? CanaryLot.Draw(request.Stage, subject, shares) : null;
        var order = Order(candidates);
        var ranked = candidates
            .Select(c => Judge(c, order[c.Priority], request, options, weights, state, drawn, shares))
            .OrderBy(e => e.Standing).ThenByDescending(e => e.Ranked.Score.Total).ThenByDescending(e => e.Candidate.Priority)
            .ThenBy(e => e.Candidate.Name, StringComparer.Ordinal).ToList();
        var kept = false;
        if (ranked is [{ Standing: >= Standing.Favoured and < Standing.Excluded } best, ..])
        {
            (state, kept) = Hold(ranked, best, options, state, now);
        }
        var decision = new PolicyDecision(
            request.Stage.ToString().ToLowerInvariant(), ranked is [{ Ranked.MayServe: true } first, ..] ? first.Ranked.Name : PolicyDecision.None,
            PolicyReasons.Explain(ranked, request, options, weights, kept), options.Mode, request.Consent, weights, [.. ranked.Select(e => e.Ranked)])
        {
            Language = request.Language,
            Level = request.Level,
            CanaryShare = ranked is [{ Standing: Standing.Canary } canary, ..] ? options.Canary[canary.Candidate.Name] : null,
        };
        return (decision, state);
    }

    /// <summary>The race that a decision belongs to: among whoever may serve such requests. Its leader is remembered.</summary>
    public static string Race(PolicyRequest request, IEnumerable<PolicyCandidate> candidates, PolicyOptions options) => $"{request.Stage}: {string.Join(' ', candidates
        .Where(c => c.Problem is null && !PolicyGates.LacksConsent(c, request, options) && !PolicyGates.LacksLanguage(c, request) && !PolicyGates.LacksLevel(c, request))
        .Select(c => c.Name).Order(StringComparer.Ordinal))}";

    /// <summary>The engine in use keeps the first place in its class until another has been ahead of it by the margin for long enough.</summary>
    private static (Incumbency State, bool Kept) Hold(List<Judged> ranked, Judged best, PolicyOptions options, Incumbency? state, TimeSpan now)
    {
        var at = ranked.FindIndex(e => e.Standing == best.Standing && e.Candidate.Name == state?.Leader);
        if (at < 0) { return (new Incumbency(best.Candidate.Name), false); }
        var leader = ranked[at];
        state = at > 0 && best.Ranked.Score.Total - leader.Ranked.Score.Total >= options.Margin
            ? state!.ChallengedBy(best.Candidate.Name, now, options.Dwell) : state!.Unchallenged();
        if (at == 0 || state.Leader != leader.Candidate.Name) { return (state, false); }
        ranked.RemoveAt(at);
        ranked.Insert(0, leader);
        return (state, true);
    }

    private static Judged Judge(
        PolicyCandidate candidate, double preference, PolicyRequest request, PolicyOptions options, PolicyWeights weights, Incumbency? state, string? drawn,
        KeyValuePair<string, double>[] shares)
    {
        var (local, gates) = (candidate.Engine.Attributes.Local, new List<string>());
        if (candidate.Problem is not null) { gates.Add("it is not available"); }
        if (PolicyGates.LacksConsent(candidate, request, options)) { gates.Add("it needs consent.cloud_audio"); }
        var excluded = gates.Count > 0;
        if (PolicyGates.LacksLanguage(candidate, request)) { gates.Add($"it does not serve {request.Language}"); }
        if (PolicyGates.LacksLevel(candidate, request)) { gates.Add($"it does not serve level {request.Level}"); }
        if (PolicyGates.IsTooSlow(candidate, request, options, candidate.Name == state?.Leader)) { gates.Add(PolicyReasons.TooSlow(candidate, request, options)); }
        var gated = gates.Count > 0;
        if (candidate.IsBroken) { gates.Add(PolicyReasons.Broken); }
        // A broken engine that was named keeps its place: the chain passes it over while its breaker is open, and comes back to it.
        var standing = excluded ? Standing.Excluded
            : candidate.Name == request.Asked ? Standing.Asked
            : candidate.Name == request.Configured && !gated && candidate.Name != drawn ? Standing.Configured
            : candidate.IsBroken ? Standing.Broken
            : gated ? local ? Standing.GatedLocal : Standing.GatedRemote
            : candidate.Name == drawn ? Standing.Canary
            : candidate.Name == request.Previous ? Standing.Previous
            : shares.Any(s => s.Key == candidate.Name) ? Standing.OthersCanary
            : IsFavoured(local, request.Stage, options.Mode) ? Standing.Favoured : Standing.Other;
        var score = EngineScorer.Score(candidate.Engine, preference, options.Budgets.For(request.Stage), weights);
        var latency = Math.Round(EngineScorer.ExpectedLatency(candidate.Engine).TotalMilliseconds, 1);
        return new Judged(candidate, new RankedEngine(candidate.Name, local, standing, !excluded, score, latency, gates));
    }

    private static bool IsFavoured(bool local, VoiceStage stage, PolicyMode mode) => mode switch
    {
        PolicyMode.Local => local,
        PolicyMode.Cloud => !local,
        PolicyMode.Hybrid => local || stage != VoiceStage.Asr,
        _ => true,
    };

    /// <summary>The preference, 0 to 1, that each priority stands for.</summary>
    private static Dictionary<int, double> Order(IReadOnlyList<PolicyCandidate> candidates)
    {
        var usable = candidates.Where(c => c.Problem is null).Select(c => c.Priority).Distinct().Order().ToList();
        return candidates.Select(c => c.Priority).Distinct().ToDictionary(p => p, p => usable.Count <= 1 ? 1
            : Math.Clamp((double)usable.Count(u => u < p) / (usable.Count - 1), 0, 1));
    }
}

/// <summary>A candidate with its class and its scores.</summary>
internal sealed record Judged(PolicyCandidate Candidate, RankedEngine Ranked)
{
    public Standing Standing => Ranked.Standing;
}
