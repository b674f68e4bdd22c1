namespace Parley.Turns.Interruptions;

/// <summary>A sound that held a reply, and what became of it: the data of a timeline entry.</summary>
/// <param name="GenerationId">The reply that was held.</param>
/// <param name="Kind">What it was taken for.</param>
/// <param name="Reason">Why.</param>
/// <param name="Partial">What the recogniser had understood of it.</param>
/// <param name="SpeechMs">How long the speech detector heard it.</param>
/// <param name="HeldMs">How long the reply was held for it.</param>
/// <param name="Sound">What it sounded like.</param>
public sealed record InterruptionJudged(
    uint GenerationId, InterruptionKind Kind, string Reason, string Partial, double SpeechMs, double HeldMs, SoundShape Sound);
