using Parley.Asr;
using Parley.Policy.Ranking;
using Parley.Resilience;

namespace Parley.Policy.Hybrid;

/// <summary>Puts a session's recogniser together: one for while the user consents to send audio elsewhere, one for while not.</summary>
internal static class SessionRecognizer
{
    /// <summary>Chooses for the consent of now; should the user change their mind, the next utterance follows.</summary>
    /// <param name="shelf">The recognisers.</param>
    /// <param name="request">The session's request.</param>
    /// <param name="chooser">The policy.</param>
    /// <param name="join">Makes one recogniser of an ordered, non-empty list.</param>
    /// <param name="health">Tells the session which engine takes over from which.</param>
    /// <returns>The recogniser, the decision, and its reason for the client.</returns>
    /// <exception cref="Diagnostics.VoiceException">There is none for the consent of now.</exception>
    public static (ISpeechRecognizer Recognizer, PolicyDecision Decision, string Why) Choose(
        EngineShelf<ISpeechRecognizer> shelf, PolicyRequest request, EngineChooser chooser,
        Func<IReadOnlyList<EngineHandle<ISpeechRecognizer>>, SessionHealth?, ISpeechRecognizer> join, SessionHealth health)
    {
        var (now, decision) = shelf.Choose(request);
        if (now.Count == 0) { throw EngineCatalog.NoEngine(decision); }
        var (recognizer, refiner) = Compose(now, decision);
        var why = refiner is null ? decision.Why : $"{decision.Why}; refined by {refiner}";
        if (shelf.Candidates().All(c => c.Engine.Attributes.Local)) { return (recognizer, decision, why); }

        var consents = request.Consent == CloudConsent.Any;
        var (later, other) = shelf.Choose(request with { Consent = consents ? CloudConsent.None : CloudConsent.Any }, remember: false);
        var alternative = later.Count == 0 ? null : Compose(later, other).Recognizer;
        return (consents ? new ConsentingRecognizer(recognizer, alternative) : new ConsentingRecognizer(alternative, recognizer), decision, why);

        (ISpeechRecognizer Recognizer, string? Refiner) Compose(IReadOnlyList<EngineHandle<ISpeechRecognizer>> engines, PolicyDecision made)
        {
            var fit = made.Engines.Where(e => e is { MayServe: true, Gates.Count: 0 }).Select(e => e.Name).ToHashSet();
            var remote = engines.Where(e => !e.Attributes.Local && fit.Contains(e.Name)).ToArray();
            var isHybrid = chooser is { Options.Mode: PolicyMode.Hybrid, Time: not null } && engines[0].Attributes.Local && remote.Length > 0 && request.Asked is null or EngineOptions.Auto;
            if (!isHybrid) { return (join(engines, health), null); }
            // Whether the refiner does well is of no concern to the session.
            return (new HybridRecognizer(join(engines, health), join(remote, null), chooser.Options.RefineTimeout, chooser.Time!), remote[0].Name);
        }
    }
}
