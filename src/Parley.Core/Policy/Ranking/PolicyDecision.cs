namespace Parley.Policy.Ranking;

/// <summary>Which engines serve a stage, in which order, and why: the timeline's <c>policy</c>.</summary>
/// <param name="Stage">The stage, in small letters.</param>
/// <param name="Chosen">The first engine; <c>none</c> if there is none.</param>
/// <param name="Why">The reason in a sentence.</param>
/// <param name="Mode">The mode in force.</param>
/// <param name="Consent">What could be sent elsewhere.</param>
/// <param name="Weights">The weights in force, which tuning may have moved.</param>
/// <param name="Engines">All engines, the chosen one first.</param>
public sealed record PolicyDecision(
    string Stage, string Chosen, string Why, PolicyMode Mode, CloudConsent Consent, PolicyWeights Weights, IReadOnlyList<RankedEngine> Engines)
{
    public const string None = "none";

    /// <summary>The language that was asked for; null: none.</summary>
    public string? Language { get; init; }

    /// <summary>The learner's level; null: unknown.</summary>
    public string? Level { get; init; }

    /// <summary>The share of the canary whose lot this subject drew; null: it drew none.</summary>
    public double? CanaryShare { get; init; }

    /// <summary>The chain: the chosen engine, then its fallbacks.</summary>
    internal IEnumerable<string> Chain() => Engines.Where(e => e.MayServe).Select(e => e.Name);
}
