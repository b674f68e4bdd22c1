namespace Parley.Alignment;

/// <summary>How a voice was brought near to those that an aligner knows.</summary>
/// <param name="Formants">By how much its formants are taken to lie above theirs: 1 as high, 1.2 those of a child.</param>
/// <param name="Likelihood">The mean log likelihood of a frame of the text after that.</param>
/// <param name="Gain">How much of it that brought.</param>
public readonly record struct VoiceMatch(float Formants, float Likelihood, float Gain);
