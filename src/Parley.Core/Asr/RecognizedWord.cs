namespace Parley.Asr;

/// <summary>A word of a final transcript.</summary>
/// <param name="Text">The word as it is written in the transcript.</param>
/// <param name="Start">Its begin, counted from the first sample written to the stream.</param>
/// <param name="End">Its end, counted likewise.</param>
/// <param name="Confidence">Probability, 0 to 1, that the word is right.</param>
public readonly record struct RecognizedWord(string Text, TimeSpan Start, TimeSpan End, double Confidence);
