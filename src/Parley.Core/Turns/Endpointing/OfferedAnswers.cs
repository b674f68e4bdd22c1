namespace Parley.Turns.Endpointing;

/// <summary>Compares a partial transcript with the answers on offer. Case and punctuation do not count.</summary>
public static class OfferedAnswers
{
    private const StringComparison Comparison = StringComparison.OrdinalIgnoreCase;

    /// <summary>Finds the answer that the partial fits best.</summary>
    public static AnswerMatch Match(string partial, IReadOnlyList<string> answers)
    {
        var best = AnswerMatch.None;
        var said = Words(partial);
        if (said.Length == 0) { return best; }
        foreach (var answer in answers)
        {
            var words = Words(answer);
            if (words.Length < said.Length || !said.Zip(words).All(pair => string.Equals(pair.First, pair.Second, Comparison))) { continue; }
            var match = (words.Length - said.Length) switch { 0 => AnswerMatch.Whole, 1 => AnswerMatch.NearlyWhole, _ => AnswerMatch.Begun };
            // Who may be in the middle of a longer answer is not known to have given the shorter one.
            best = best == AnswerMatch.None ? match : (AnswerMatch)Math.Min((int)best, (int)match);
        }
        return best;
    }

    private static string[] Words(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim(PartialText.Punctuation)).Where(word => word.Length > 0)];
}
