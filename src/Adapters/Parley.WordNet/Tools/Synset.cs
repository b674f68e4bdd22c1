using System.Globalization;
using Parley.Replies.Tools;

namespace Parley.WordNet.Tools;

/// <summary>A line of a data file: the words that share a meaning, and its gloss.</summary>
internal static class Synset
{
    /// <summary>Reads <c>offset file type w_cnt word lex_id [...] p_cnt [...] | definition; "example"; ...</c>.</summary>
    /// <returns>The meaning for <paramref name="lemma"/>; null for a line that is damaged.</returns>
    public static WordSense? Parse(string line, string lemma, string partOfSpeech)
    {
        var bar = line.IndexOf('|', StringComparison.Ordinal);
        var fields = bar < 0 ? [] : line[..bar].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 6 || !int.TryParse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var count)
            || count < 1 || fields.Length < 4 + 2 * count)
        {
            return null;
        }
        var words = Enumerable.Range(0, count).Select(i => ToWord(fields[4 + 2 * i])).ToList();
        var wanted = lemma.Replace('_', ' ');
        var word = words.Find(w => w.Equals(wanted, StringComparison.OrdinalIgnoreCase)) ?? wanted;
        var parts = line[(bar + 1)..].Split('"');
        var examples = parts.Where((_, i) => i % 2 == 1).Select(e => e.Trim()).ToList();
        // All the words of a meaning share its examples: one with another word in it would mislead.
        var example = examples.Find(e => e.Contains(word, StringComparison.OrdinalIgnoreCase)) ?? (words.Count == 1 ? examples.FirstOrDefault() : null);
        return new WordSense(word, partOfSpeech, parts[0].Trim().TrimEnd(';'), example);
    }

    /// <summary>Without underscores and the place that an adjective must have, such as <c>(a)</c>.</summary>
    private static string ToWord(string field)
    {
        var mark = field.EndsWith(')') ? field.LastIndexOf('(') : -1;
        return (mark > 0 ? field[..mark] : field).Replace('_', ' ');
    }
}
