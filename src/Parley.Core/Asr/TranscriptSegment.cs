namespace Parley.Asr;

/// <summary>A line of a transcript with its place in the recording.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Text">What is said in it.</param>
/// <param name="Confidence">Probability, 0 to 1, that the utterance it belongs to is right.</param>
public readonly record struct TranscriptSegment(TimeSpan Start, TimeSpan End, string Text, double Confidence);
