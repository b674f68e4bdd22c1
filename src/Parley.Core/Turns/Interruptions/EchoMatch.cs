namespace Parley.Turns.Interruptions;

/// <summary>Whether words are those that the assistant is saying, heard through loudspeaker, room and recogniser.</summary>
internal static class EchoMatch
{
    /// <summary>A recogniser mistakes words of a room's echo; so many in a hundred must be right.</summary>
    private const double LeastShare = 0.65;

    /// <summary>Two words are alike when at most this share of their letters differs.</summary>
    private const double MostDifferent = 0.34;

    /// <summary>The share of <paramref name="heard"/> that is found in <paramref name="said"/> in the same order, by the longest common subsequence.</summary>
    public static double Share(ReadOnlySpan<string> heard, IReadOnlyList<string> said)
    {
        if (heard.Length == 0) { return 0; }
        // The row of the table for the words of `heard` so far; `diagonal` is the field above and to the left.
        var row = new int[said.Count + 1];
        foreach (var word in heard)
        {
            var diagonal = 0;
            for (var j = 1; j < row.Length; j++)
            {
                var matched = diagonal + (AreAlike(word, said[j - 1]) ? 1 : 0);
                diagonal = row[j];
                row[j] = Math.Max(Math.Max(row[j], row[j - 1]), matched);
            }
        }
        return (double)row[^1] / heard.Length;
    }

    /// <summary>Whether <paramref name="heard"/> is an echo: all of up to three words, two thirds of more, must have been said.</summary>
    public static bool IsEcho(ReadOnlySpan<string> heard, IReadOnlyList<string> said) => Share(heard, said) >= (heard.Length <= 3 ? 1 : LeastShare);

    private static bool AreAlike(string a, string b) => a == b || (Math.Min(a.Length, b.Length) > 3 && Distance(a, b) <= MostDifferent * Math.Max(a.Length, b.Length));

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j < row.Length; j++) { row[j] = j; }
        for (var i = 1; i <= a.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j < row.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, substituted));
            }
        }
        return row[^1];
    }
}
