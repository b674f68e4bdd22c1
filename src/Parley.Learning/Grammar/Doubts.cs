using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar;

/// <summary>Marks the words that the recogniser was unsure of: a correction of what was never said would teach an error.</summary>
internal static class Doubts
{
    /// <summary>Below it a word is not corrected.</summary>
    private const double Threshold = 0.6;

    public static IEnumerable<Token> Mark(IReadOnlyList<Token> tokens, CorrectionRequest request)
    {
        if (request.Confidences is not { Count: > 0 } confidences) { return tokens; }
        var word = -1;
        return [.. tokens.Select(t =>
        {
            if (word < 0 || t.Space.Length > 0) { word++; }
            return word < confidences.Count && confidences[word] < Threshold ? t with { IsFixed = true } : t;
        })];
    }
}
