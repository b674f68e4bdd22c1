namespace Parley.Asr;

/// <summary>What was understood so far.</summary>
/// <param name="Text">The whole text so far.</param>
/// <param name="StableLength">That many leading characters will not change in later partials of this utterance.</param>
public readonly record struct PartialTranscript(string Text, int StableLength);
