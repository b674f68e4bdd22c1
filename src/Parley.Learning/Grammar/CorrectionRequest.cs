namespace Parley.Learning.Grammar;

/// <summary>A text to be corrected.</summary>
/// <param name="Text">The text; it may hold anything.</param>
/// <param name="IsSpoken">Whether it was spoken: then spelling, capitals, marks, fragments, fillers and restarts are no errors.</param>
/// <param name="Confidences">How sure the recogniser was of each word of the text, from 0 to 1, in their order, words being what white space separates;
/// words beyond the list, or all without it, are certain.</param>
public sealed record CorrectionRequest(string Text, bool IsSpoken = false, IReadOnlyList<double>? Confidences = null);
