namespace Parley.Tutor.Dialogue;

/// <summary>Chooses among wordings by the session's seed: the same place in the same session always gets the same words.</summary>
internal readonly record struct Variation(long Seed, int Round)
{
    public string Pick(IReadOnlyList<string> lines, string place) => lines.Count == 0 ? "" : lines[Index(lines.Count, place)];

    /// <summary>0 to <paramref name="count"/> − 1, by FNV-1a over seed, round and place (string hash codes differ from process to process).</summary>
    public int Index(int count, string place)
    {
        const uint Prime = 16777619;
        var hash = 2166136261u;
        foreach (var c in $"{Seed}/{Round}/{place}") { hash = (hash ^ c) * Prime; }
        // The low bits of FNV-1a follow the last characters too closely.
        return (int)((hash ^ (hash >> 15)) % (uint)count);
    }
}
