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

    /// <summary>What a phone's name ends with where it is of something that is not in the text.</summary>
    public const string Beside = "_";

    private const string Pause = Asr.Decoder.Pause;

    // What learners say while they look for a word; by their phones, what that is called.
    private static readonly Dictionary<string, string> s_fillers = new() { ["AH"] = "uh", ["ER"] = "uh", ["AH M"] = "um", ["ER M"] = "um" };

    // The words that are spoken, whatever written word they are of.
    private readonly (int Word, int[][] Variants)[] _spoken = [.. words.SelectMany((spoken, i) => spoken.Select(variants => (i, variants)))];

    /// <summary>As PocketSphinx reads it (JSGF).</summary>
    /// <param name="insertions">Whether, before each word, something may be said that is not in the text: the word itself, it and the next, or a filler.</param>
    public string ToJsgf(bool insertions = false)
    {
        var text = new StringBuilder($"#JSGF V1.0;\ngrammar {Name};\npublic <text> = [{Pause}]");
        for (var i = 0; i < _spoken.Length; i++)
        {
            if (insertions)
            {
                var again = i + 1 < _spoken.Length ? $" | {Ways(i, Beside)} {Ways(i + 1, Beside)}" : "";
                text.Append($" [(<filler> | {Ways(i, Beside)}{again}) [{Pause}]]");
            }
            text.Append($" {Ways(i, "")} [{Pause}]");
        }
        text.Append(";\n");
        if (insertions) { text.Append("<filler> = ").AppendJoin(" | ", s_fillers.Keys.Select(filler => string.Join(' ', filler.Split(' ').Select(p => p + Beside)))).Append(";\n"); }
        return text.ToString();
    }

    /// <summary>Finds the words again in a path through the grammar.</summary>
    /// <param name="path">The phones and pauses on it.</param>
    /// <returns>The phones of each written word; null where the path is not of this grammar.</returns>
    public IReadOnlyList<AlignedPhone>[]? Read(IEnumerable<Segment> path)
    {
        Segment[] inText = [.. path.Where(segment => !IsBeside(segment))];
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
        if (!arrivals[^1].ContainsKey(inText.Length)) { return null; }
        var phones = words.Select(_ => new List<AlignedPhone>()).ToArray();
        var at = inText.Length;
        for (var i = _spoken.Length; i > 0; i--)
        {
            var (from, length) = arrivals[i][at];
            phones[_spoken[i - 1].Word].InsertRange(0, inText.Skip(from).Take(length).Select(s => new AlignedPhone(Phones.IndexOf(s.Word), s.First, s.Last + 1)));
            at = from;
        }
        return phones;

        int AfterPause(int place)
        {
            while (place < inText.Length && inText[place].Word == Pause) { place++; }
            return place;
        }

        bool Fits(int[] variant, int start) =>
            start + variant.Length <= inText.Length && variant.Index().All(phone => inText[start + phone.Index].Word == Phones.Names[phone.Item]);
    }

    /// <summary>What of a path is not in the text.</summary>
    /// <param name="path">The phones and pauses on it.</param>
    /// <param name="written">The words of the text.</param>
    /// <param name="found">Their phones, as <see cref="Read"/> gives them.</param>
    public static IReadOnlyList<InsertedPhones> Insertions(IReadOnlyList<Segment> path, IReadOnlyList<string> written, IReadOnlyList<AlignedPhone>[] found)
    {
        var insertions = new List<InsertedPhones>();
        for (var i = 0; i < path.Count; i++)
        {
            if (!IsBeside(path[i])) { continue; }
            var from = i;
            while (i + 1 < path.Count && IsBeside(path[i + 1])) { i++; }
            AlignedPhone[] phones = [.. path.Skip(from).Take(i + 1 - from).Select(s => new AlignedPhone(Phones.IndexOf(s.Word[..^Beside.Length]), s.First, s.Last + 1))];
            var before = Enumerable.Range(0, found.Length).First(w => found[w].Count > 0 && found[w][^1].End > path[from].First);
            var filler = s_fillers.GetValueOrDefault(string.Join(' ', phones.Select(p => p.Name)));
            // Where more is said than the word it is said with the next one.
            var next = before + 1;
            while (next < found.Length && found[next].Count == 0) { next++; }
            var text = filler ?? (phones.Length > found[before].Count + 1 && next < found.Length ? $"{written[before]} {written[next]}" : written[before]);
            insertions.Add(new(new(before, text, phones[0].First, phones[^1].End), phones, filler is not null));
        }
        return insertions;
    }

    private static bool IsBeside(Segment segment) => segment.Word.EndsWith(Beside, StringComparison.Ordinal);

    private string Ways(int spoken, string mark) => $"({string.Join(" | ", _spoken[spoken].Variants.Select(v => string.Join(' ', v.Select(p => Phones.Names[p] + mark))))})";
}
