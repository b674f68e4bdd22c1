using System.Text.RegularExpressions;

namespace Parley.Testing.Speech;

/// <summary>
/// Word error rate: the fewest words to substitute, delete and insert that make what was heard of what was said (Levenshtein distance), for each
/// word that was said. Above 100 % where more was heard than was said.
/// </summary>
/// <param name="Errors">Words substituted, deleted and inserted.</param>
/// <param name="Words">Words said.</param>
public sealed partial record WordErrorRate(int Errors, int Words)
{
    /// <summary>Errors for each hundred words; as if one word had been said where none was.</summary>
    public double Percent => 100.0 * Errors / Math.Max(1, Words);

    /// <summary>The rate of several texts together, each word of all of them weighing the same.</summary>
    /// <remarks>Case, punctuation (but for apostrophes inside words) and numbers of alternative pronunciations as in <c>was(2)</c> do not count.</remarks>
    public static WordErrorRate Of(params IEnumerable<(string Said, string Heard)> texts)
    {
        var (errors, words) = (0, 0);
        foreach (var (said, heard) in texts)
        {
            var reference = Split(said);
            errors += Distance(reference, Split(heard));
            words += reference.Length;
        }
        return new(errors, words);
    }

    private static int Distance(string[] said, string[] heard)
    {
        // One row of the table of distances between beginnings; `diagonal` is the field above and to the left.
        var row = Enumerable.Range(0, heard.Length + 1).ToArray();
        for (var i = 1; i <= said.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= heard.Length; j++)
            {
                var substituted = diagonal + (said[i - 1] == heard[j - 1] ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, substituted));
            }
        }
        return row[^1];
    }

    private static string[] Split(string text) =>
        [.. Word().Matches(Alternative().Replace(text.ToLowerInvariant(), "")).Select(word => word.Value)];

    [GeneratedRegex(@"\(\d+\)")]
    private static partial Regex Alternative();

    [GeneratedRegex("[a-z0-9]+(?:'[a-z]+)?")]
    private static partial Regex Word();
}
