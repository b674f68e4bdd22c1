namespace Parley.Learning.Tests.Grammar;

/// <summary>A sentence of <c>spoken-sentences.tsv</c>, as learners of ten first languages say them.</summary>
/// <param name="IsHeldOut">Whether no rule or margin was set by it.</param>
/// <param name="Text">What was said.</param>
/// <param name="Corrections">What is said instead; the text itself where nothing is wrong.</param>
internal sealed record SpokenSentence(bool IsHeldOut, string Text, IReadOnlyList<string> Corrections)
{
    public static IReadOnlyList<SpokenSentence> All { get; } =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Grammar", "spoken-sentences.tsv")).Where(l => l[0] != '#').Select(l => l.Split('\t'))
            .Select(f => new SpokenSentence(f[0] == "held", f[3], f[4] == "=" ? [f[3]] : f[4].Split(" | ")))];

    public bool IsCorrect => Corrections[0] == Text;

    /// <summary>The edits of words that lead from the text to another one, as places in the text with what stands there instead.</summary>
    public HashSet<(int At, int Count, string Put)> EditsTo(string other)
    {
        var (a, b) = (Text.Split(' '), other.Split(' '));
        var length = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
        {
            for (var j = b.Length - 1; j >= 0; j--) { length[i, j] = a[i] == b[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]); }
        }
        var edits = new HashSet<(int, int, string)>();
        var (x, y, fromX, fromY) = (0, 0, 0, 0);
        while (x < a.Length || y < b.Length)
        {
            if (x < a.Length && y < b.Length && a[x] == b[y])
            {
                Add();
                (fromX, fromY) = (++x, ++y);
            }
            else if (y == b.Length || (x < a.Length && length[x + 1, y] >= length[x, y + 1])) { x++; }
            else { y++; }
        }
        Add();
        return edits;

        void Add()
        {
            if (x > fromX || y > fromY) { edits.Add((fromX, x - fromX, string.Join(' ', b[fromY..y]))); }
        }
    }
}
