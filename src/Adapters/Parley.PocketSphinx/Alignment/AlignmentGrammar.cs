using System.Text;
using Parley.Alignment;
using Parley.PocketSphinx.Asr;

namespace Parley.PocketSphinx.Alignment;

/// <summary>The ways in which a text may be said: each word in one of its pronunciations, and a pause before, behind and between words where there is one.</summary>
/// <param name="words">The words of the text, each as the words that it is spoken as, each with its variants.</param>
internal sealed class AlignmentGrammar(IReadOnlyList<IReadOnlyList<int[][]>> words)
{
    /// <summary>The grammar's name.</summary>
    public const string Name = "text";

    private const string Pause = Asr.Decoder.Pause;

    // The words that are spoken, whatever written word they are of.
    private readonly (int Word, int[][] Variants)[] _spoken = [.. words.SelectMany((spoken, i) => spoken.Select(variants => (i, variants)))];

    /// <summary>As PocketSphinx reads it (JSGF).</summary>
    public string ToJsgf()
    {
        var text = new StringBuilder($"#JSGF V1.0;\ngrammar {Name};\npublic <text> = [{Pause}]");
        foreach (var (_, variants) in _spoken)
        {
            text.Append(" (").AppendJoin(" | ", variants.Select(v => string.Join(' ', v.Select(p => Phones.Names[p])))).Append($") [{Pause}]");
        }
        return text.Append(";\n").ToString();
    }

    /// <summary>Finds the words again in a path through the grammar.</summary>
    /// <param name="path">The phones and pauses on it.</param>
    /// <returns>The phones of each written word; null where the path is not of this grammar.</returns>
    public IReadOnlyList<AlignedPhone>[]? Read(IReadOnlyList<Segment> path)
    {
        // Where spoken word i may begin, and with which variant the one before it then ended. Ways that lead to the same place are the same from there on.
        var arrivals = new Dictionary<int, (int From, int Length)>[_spoken.Length + 1];
        arrivals[0] = new() { [AfterPause(0)] = default };
        for (var i = 0; i < _spoken.Length; i++)
        {
            arrivals[i + 1] = [];
            foreach (var start in arrivals[i].Keys)
            {
                foreach (var variant in _spoken[i].Variants)
                {
                    if (Fits(variant, start)) { arrivals[i + 1].TryAdd(AfterPause(start + variant.Length), (start, variant.Length)); }
                }
            }
        }
        if (!arrivals[^1].ContainsKey(path.Count)) { return null; }
        var phones = words.Select(_ => new List<AlignedPhone>()).ToArray();
        var at = path.Count;
        for (var i = _spoken.Length; i > 0; i--)
        {
            var (from, length) = arrivals[i][at];
            phones[_spoken[i - 1].Word].InsertRange(0, path.Skip(from).Take(length).Select(s => new AlignedPhone(Phones.IndexOf(s.Word), s.First, s.Last + 1)));
            at = from;
        }
        return phones;

        int AfterPause(int place)
        {
            while (place < path.Count && path[place].Word == Pause) { place++; }
            return place;
        }

        bool Fits(int[] variant, int start) =>
            start + variant.Length <= path.Count && variant.Index().All(phone => path[start + phone.Index].Word == Phones.Names[phone.Item]);
    }
}
