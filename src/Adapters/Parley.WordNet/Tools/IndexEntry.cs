using System.Globalization;

namespace Parley.WordNet.Tools;

/// <summary>A word of an index file.</summary>
/// <param name="Lemma">The base form, underscores between words.</param>
/// <param name="CommonSenses">How many of its meanings were met in the tagged texts.</param>
/// <param name="Synsets">Where its meanings stand in the data file, the most common first.</param>
internal sealed record IndexEntry(string Lemma, int CommonSenses, IReadOnlyList<long> Synsets)
{
    /// <summary>Reads <c>lemma pos synset_cnt p_cnt [symbol...] sense_cnt tagsense_cnt offset...</c>; null for a line that is damaged.</summary>
    public static IndexEntry? Parse(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 4 || !int.TryParse(fields[2], CultureInfo.InvariantCulture, out var synsets) || synsets < 1
            || !int.TryParse(fields[3], CultureInfo.InvariantCulture, out var symbols) || symbols < 0 || fields.Length != 6 + symbols + synsets
            || !int.TryParse(fields[5 + symbols], CultureInfo.InvariantCulture, out var common))
        {
            return null;
        }
        var offsets = new long[synsets];
        for (var i = 0; i < synsets; i++)
        {
            if (!long.TryParse(fields[6 + symbols + i], CultureInfo.InvariantCulture, out offsets[i])) { return null; }
        }
        return new IndexEntry(fields[0], common, offsets);
    }
}
