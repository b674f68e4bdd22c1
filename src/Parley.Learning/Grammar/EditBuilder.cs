using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar;

/// <summary>Reads from the tokens of corrected sentences what was changed.</summary>
internal static class EditBuilder
{
    /// <summary>How far apart the words may stand that one change touched.</summary>
    private const int Reach = 8;

    public static IEnumerable<Edit> Edits(Sentence sentence, string source)
    {
        var tokens = sentence.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            // Where something was taken out before a token that was changed too, the two are one place.
            var change = tokens[i].Change ?? tokens[i].Dropped;
            if (change is null) { continue; }
            var last = LastOf(tokens, i, change);
            yield return Make(sentence, source, i, last, change);
            i = Math.Max(i, last);
        }
        if (sentence.DroppedAtEnd is { } drop && (tokens.Count == 0 || tokens[^1].Change != drop)) { yield return Make(sentence, source, tokens.Count, tokens.Count - 1, drop); }
    }

    /// <summary>The last token that the same change touched; before <paramref name="first"/> where it only took something away.</summary>
    private static int LastOf(IReadOnlyList<Token> tokens, int first, Change change)
    {
        var last = tokens[first].Change == change ? first : first - 1;
        for (var i = first + 1; i < tokens.Count && i <= first + Reach; i++)
        {
            if (tokens[i].Change == change) { last = i; }
            else if (tokens[i].Dropped == change) { last = Math.Max(last, i - 1); }
            // What was put in has no place of its own in the source, so what touches it is told with it.
            else if (tokens[i].Change is not null && last == i - 1 && last >= first && (IsPutIn(tokens[i]) || IsPutIn(tokens[last]))) { last = i; }
        }
        return last;
    }

    private static bool IsPutIn(Token token) => token.Start == token.End;

    private static Edit Make(Sentence sentence, string source, int first, int last, Change change)
    {
        var tokens = sentence.Tokens;
        var next = last + 1 < tokens.Count ? tokens[last + 1] : null;
        // The space before what is changed by another edit belongs to that one, with all that was taken out there.
        var ends = next is null ? sentence.DroppedAtEnd is null || sentence.DroppedAtEnd == change : next.Change is null && (next.Dropped is null || next.Dropped == change);
        var (start, end) = (first > 0 ? tokens[first - 1].End : sentence.Begin, !ends ? tokens[last].End : next?.Start ?? sentence.End);
        var text = string.Concat(Enumerable.Range(first, last - first + 1).Select(i => tokens[i].Space + tokens[i].Text)) + (ends ? next?.Space : "");
        var original = source[start..end];
        // The white space around it stays, so that the edits made in the source give the corrected text to the character.
        var lead = 0;
        while (lead < original.Length && lead < text.Length && original[lead] == text[lead] && char.IsWhiteSpace(text[lead])) { lead++; }
        var trail = 0;
        while (trail < original.Length - lead && trail < text.Length - lead && original[^(trail + 1)] == text[^(trail + 1)] && char.IsWhiteSpace(text[^(trail + 1)])) { trail++; }
        return new Edit(start + lead, end - trail, original[lead..^trail], text[lead..^trail], change.Rule, change.Explain, EditSource.Rule)
        {
            Type = change.Type, Level = change.Level, ExplainChinese = change.ExplainChinese,
        };
    }
}
