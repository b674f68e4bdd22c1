namespace Parley.Learning.Grammar.Models;

/// <summary>Joins what rules found with what a model found.</summary>
internal static class EditMerger
{
    /// <summary>Adds the model's edits that touch no words of the rules'; where both would change the same, the rule's stands.</summary>
    public static Correction Merge(Correction byRules, IEnumerable<Edit> byModel)
    {
        var added = byModel.Where(m => !byRules.Edits.Any(r => m.Start <= r.End && r.Start <= m.End)).ToList();
        if (added.Count == 0) { return byRules; }
        List<Edit> edits = [.. byRules.Edits.Concat(added).OrderBy(e => e.Start)];
        return byRules with { Corrected = Apply(byRules.Source, edits), Edits = edits };
    }

    private static string Apply(string source, List<Edit> edits)
    {
        var (text, at) = (new System.Text.StringBuilder(), 0);
        foreach (var edit in edits)
        {
            text.Append(source, at, edit.Start - at).Append(edit.Correction);
            at = edit.End;
        }
        return text.Append(source, at, source.Length - at).ToString();
    }
}
