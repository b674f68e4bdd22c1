namespace Parley.Learning.Grammar.Spelling;

/// <summary>How far a spelling is from a word, in slips of the pen; slips that learners make often count less.</summary>
internal static class SpellingDistance
{
    /// <summary>The weighted distance of Damerau; <paramref name="limit"/> or more where it is that far at least.</summary>
    public static double Between(string written, string meant, double limit)
    {
        var (n, m) = (written.Length, meant.Length);
        Span<double> before = stackalloc double[m + 1], last = stackalloc double[m + 1], row = stackalloc double[m + 1];
        for (var j = 1; j <= m; j++) { last[j] = last[j - 1] + Missing(meant, j - 1); }
        for (var i = 1; i <= n; i++)
        {
            row[0] = last[0] + Extra(written, i - 1);
            var least = row[0];
            for (var j = 1; j <= m; j++)
            {
                var cost = Math.Min(last[j] + Extra(written, i - 1), row[j - 1] + Missing(meant, j - 1));
                cost = Math.Min(cost, last[j - 1] + Instead(written[i - 1], meant[j - 1], i == 1));
                if (i > 1 && j > 1 && written[i - 1] == meant[j - 2] && written[i - 2] == meant[j - 1]) { cost = Math.Min(cost, before[j - 2] + 0.7); }
                row[j] = cost;
                least = Math.Min(least, cost);
            }
            if (least >= limit) { return limit; }
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[m];
    }

    /// <summary>A letter of the word that was not written: the second of two, an e that is not heard, an apostrophe.</summary>
    private static double Missing(string meant, int at) => meant[at] switch
    {
        '\'' => 0.3,
        _ when at > 0 && meant[at] == meant[at - 1] => 0.5,
        'e' when at == meant.Length - 1 => 0.6,
        'h' when at > 0 && meant[at - 1] == 'w' => 0.5,
        't' when at + 2 < meant.Length && meant[at + 1] == 'c' && meant[at + 2] == 'h' => 0.5,
        'h' or 'u' or 'e' => 0.8,
        _ => 1,
    };

    private static double Extra(string written, int at) => written[at] switch
    {
        _ when at > 0 && written[at] == written[at - 1] => 0.5,
        't' when at + 2 < written.Length && written[at + 1] == 'c' && written[at + 2] == 'h' => 0.5,
        'e' or 'h' => 0.8,
        _ => 1,
    };

    private static double Instead(char written, char meant, bool isFirst)
    {
        if (written == meant) { return 0; }
        if (IsVowel(written) && IsVowel(meant)) { return 0.6; }
        var alike = (written, meant) is ('s', 'c') or ('c', 's') or ('c', 'k') or ('k', 'c') or ('z', 's') or ('s', 'z') or ('f', 'v') or ('v', 'f') or ('d', 't') or ('t', 'd')
            or ('b', 'p') or ('p', 'b') or ('m', 'n') or ('n', 'm') or ('g', 'j') or ('j', 'g') or ('b', 'v') or ('v', 'b') or ('r', 'l') or ('l', 'r');
        return (alike ? 0.75 : 1) + (isFirst ? 0.4 : 0);
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
