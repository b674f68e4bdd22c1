namespace Parley.Learning.Learners;

/// <summary>How varied the words of a text are.</summary>
public static class LexicalDiversity
{
    /// <summary>Fewer words say nothing.</summary>
    public const int LeastWords = 100;

    private const double Threshold = 0.72;

    /// <summary>The measure of textual lexical diversity: how many words it takes at the mean until the share of different ones falls to 0.72.</summary>
    /// <remarks>Source: McCarthy and Jarvis, "MTLD, vocd-D, and HD-D", Behavior Research Methods 42(2), 2010: the mean of reading forwards and backwards.</remarks>
    /// <param name="words">In their order, as they are to be told apart.</param>
    /// <returns>Native speakers reach about 60 to 120. Null for fewer than <see cref="LeastWords"/>.</returns>
    public static double? Mtld(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words.Count < LeastWords ? null : (OneWay(words) + OneWay(words.Reverse())) / 2;
    }

    private static double OneWay(IEnumerable<string> words)
    {
        var (seen, length, total, factors) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), 0, 0, 0.0);
        foreach (var word in words)
        {
            total++;
            length++;
            seen.Add(word);
            if ((double)seen.Count / length > Threshold) { continue; }
            factors++;
            seen.Clear();
            length = 0;
        }
        // What is left counts as the part of a factor that it has come to.
        if (length > 0) { factors += (1 - (double)seen.Count / length) / (1 - Threshold); }
        return factors > 0 ? total / factors : total;
    }
}
