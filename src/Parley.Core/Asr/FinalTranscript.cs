namespace Parley.Asr;

/// <summary>What was understood of an utterance.</summary>
/// <param name="Text">The text; empty if nothing was understood.</param>
/// <param name="Words">The words with their times, in order; may be empty where the engine gives none.</param>
/// <param name="Confidence">The engine's calibrated probability, 0 to 1, that the text is right.</param>
/// <param name="Engine">The engine that decoded it.</param>
/// <param name="Guided">Whether the hints restricted what could be recognised.</param>
public sealed record FinalTranscript(
    string Text, IReadOnlyList<RecognizedWord> Words, double Confidence, string Engine, bool Guided = false)
{
    /// <summary>Nothing was understood.</summary>
    public static FinalTranscript Empty(string engine) => new("", [], 0, engine);
}
