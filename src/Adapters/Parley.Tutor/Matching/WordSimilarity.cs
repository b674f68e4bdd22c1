namespace Parley.Tutor.Matching;

/// <summary>How alike two texts are, seen by someone who expects a recogniser's mistakes.</summary>
internal static class WordSimilarity
{
    // These say little about which answer was meant.
    private static readonly HashSet<string> s_light = new(
        ("a an the i i'd i'm i'll is are am to of for in on at and please would like want could can may have my me it that this it's " +
         "you your do with be will there some we so well oh um uh er").Split(' '), StringComparer.Ordinal);

    /// <summary>Equal, or so close that a recogniser or a learner's spelling explains it: one edit from 4 letters, two from 8.</summary>
    public static bool AreAlike(string heard, string written)
    {
        if (heard == written) { return true; }
        var length = Math.Min(heard.Length, written.Length);
        var allowed = length >= 8 ? 2 : length >= 4 ? 1 : 0;
        return Math.Abs(heard.Length - written.Length) <= allowed && heard[0] == written[0] && EditDistance(heard, written) <= allowed;
    }

    /// <summary>Weighted F1 of the words in common, 0 to 1; small words weigh a quarter.</summary>
    public static double Of(IReadOnlyList<string> heard, IReadOnlyList<string> written)
    {
        if (heard.Count == 0 || written.Count == 0) { return 0; }
        var left = new List<string>(heard);
        double common = 0;
        foreach (var word in written)
        {
            var found = left.FindIndex(h => AreAlike(h, word));
            if (found < 0) { continue; }
            common += 2 * Weight(word);
            left.RemoveAt(found);
        }
        return common / (heard.Sum(Weight) + written.Sum(Weight));
    }

    /// <summary>Whether each word of the phrase was heard.</summary>
    public static bool ContainsAll(IReadOnlyList<string> heard, IEnumerable<string> phrase) =>
        phrase.All(word => heard.Any(h => AreAlike(h, word)));

    /// <summary>Where the phrase stands in the words, word by word; -1 if it does not.</summary>
    public static int IndexOf(IReadOnlyList<string> heard, IReadOnlyList<string> phrase)
    {
        for (var at = 0; at + phrase.Count <= heard.Count; at++)
        {
            if (phrase.Select((word, i) => AreAlike(heard[at + i], word)).All(alike => alike)) { return at; }
        }
        return -1;
    }

    private static double Weight(string word) => s_light.Contains(word) ? 0.25 : 1;

    private static int EditDistance(string a, string b)
    {
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) { row[j] = j; }
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
