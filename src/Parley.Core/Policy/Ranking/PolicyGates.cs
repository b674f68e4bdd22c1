using Parley.Diagnostics;

namespace Parley.Policy.Ranking;

/// <summary>What an engine must satisfy whatever its score.</summary>
internal static class PolicyGates
{
    /// <summary>How far beyond the budget the engine in use may go before it loses its place; others must keep to the budget.</summary>
    private const double Leniency = 1.2;

    /// <summary>Whether what is said would be sent to where the user has not agreed to; an engine that fails this is not even a fallback.</summary>
    public static bool LacksConsent(PolicyCandidate candidate, PolicyRequest request, PolicyOptions options)
    {
        if (candidate.Engine.Attributes.Local) { return false; }
        var takes = request.Stage is VoiceStage.Vad or VoiceStage.Asr or VoiceStage.Turn || options.TextNeedsConsent;
        return takes && request.Consent switch
        {
            CloudConsent.Any => false,
            CloudConsent.Named => candidate.Name != (request.Asked ?? request.Configured),
            _ => true,
        };
    }

    public static bool LacksLanguage(PolicyCandidate candidate, PolicyRequest request) =>
        request.Language is { } wanted && !candidate.Engine.Attributes.Serves(wanted);

    public static bool LacksLevel(PolicyCandidate candidate, PolicyRequest request) =>
        request.Level is { } wanted && candidate.Engine.Attributes.Levels is { Count: > 0 } known && !known.Contains(wanted, StringComparer.OrdinalIgnoreCase);

    public static bool IsTooSlow(PolicyCandidate candidate, PolicyRequest request, PolicyOptions options, bool leads) =>
        request.RealTime && EngineScorer.ExpectedLatency(candidate.Engine) > options.Budgets.For(request.Stage) * (leads ? Leniency : 1);
}
