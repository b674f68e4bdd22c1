namespace Parley.Learning.Grammar;

/// <summary>A text and what became of it.</summary>
/// <param name="Source">The text as it came.</param>
/// <param name="Corrected">The text with all edits made.</param>
/// <param name="Edits">What was changed, in order, none touching another.</param>
public sealed record Correction(string Source, string Corrected, IReadOnlyList<Edit> Edits)
{
    /// <summary>Whether what was asked for could not be had: a language model that did not answer in time.</summary>
    public bool IsDegraded { get; init; }
}
