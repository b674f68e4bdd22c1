using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar.Models;

/// <summary>The words in which two texts differ.</summary>
internal static class TextDiff
{
    /// <summary>The places of the source with what stands there in the other text, in order; made in the source they give the other text to the character.</summary>
    public static IReadOnlyList<(int Start, int End, string Put)> Between(string source, string target)
    {
        var (a, b) = (Tokenizer.Tokenize(source), Tokenizer.Tokenize(target));
        var length = new int[a.Count + 1, b.Count + 1];
        for (var i = a.Count - 1; i >= 0; i--)
        {
            for (var j = b.Count - 1; j >= 0; j--) { length[i, j] = a[i].Text == b[j].Text ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]); }
        }
        var (edits, x, y, fromSource, fromTarget) = (new List<(int, int, string)>(), 0, 0, 0, 0);
        while (x < a.Count && y < b.Count)
        {
            if (a[x].Text == b[y].Text)
            {
                Add(a[x].Start, b[y].Start);
                (fromSource, fromTarget) = (a[x++].End, b[y++].End);
            }
            else if (length[x + 1, y] >= length[x, y + 1]) { x++; }
            else { y++; }
        }
        Add(source.Length, target.Length);
        return edits;

        void Add(int toSource, int toTarget)
        {
            var (was, put) = (source[fromSource..toSource], target[fromTarget..toTarget]);
            if (was == put) { return; }
            var lead = 0;
            while (lead < was.Length && lead < put.Length && was[lead] == put[lead] && char.IsWhiteSpace(put[lead])) { lead++; }
            var trail = 0;
            while (trail < was.Length - lead && trail < put.Length - lead && was[^(trail + 1)] == put[^(trail + 1)] && char.IsWhiteSpace(put[^(trail + 1)])) { trail++; }
            edits.Add((fromSource + lead, toSource - trail, put[lead..^trail]));
        }
    }
}
