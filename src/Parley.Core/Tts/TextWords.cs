using System.Buffers;
using System.Globalization;
using System.Text;

namespace Parley.Tts;

/// <summary>Finds what of a text is spoken, and its words.</summary>
public static class TextWords
{
    private static readonly SearchValues<char> s_clauseEnds = SearchValues.Create(".,;:!?…—–-。，！？；：、");

    /// <summary>The text, character for character, without what nobody reads out: emoji, control characters and the like are spaces.</summary>
    /// <param name="text">The text.</param>
    /// <param name="silent">Further characters that are spaces, such as those that mean something to the engine.</param>
    public static string Speakable(ReadOnlySpan<char> text, string silent = "")
    {
        var spoken = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var taken) != OperationStatus.Done) { rune = new Rune(' '); }
            var speak = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherSymbol
                    or UnicodeCategory.ModifierSymbol or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                && !(rune.IsBmp && silent.Contains((char)rune.Value, StringComparison.Ordinal));
            if (speak && rune.Utf16SequenceLength == taken) { spoken.Append(text[..taken]); }
            else { spoken.Append(' ', taken); }
            text = text[taken..];
        }
        return spoken.ToString();
    }

    /// <summary>The words of a text, in order. Han, kana and the like count as one word a character.</summary>
    /// <param name="text">The whole text.</param>
    public static IReadOnlyList<TextWord> Find(string text) => Find(text, 0, Speakable(text));

    /// <summary>The words of a piece of a text.</summary>
    /// <param name="source">The whole text, in which offsets count.</param>
    /// <param name="start">Where the piece begins.</param>
    /// <param name="spoken">What is spoken of the piece, character for character.</param>
    public static IReadOnlyList<TextWord> Find(string source, int start, string spoken)
    {
        var words = new List<TextWord>();
        var clause = 0;
        for (var i = 0; i < spoken.Length;)
        {
            if (char.IsWhiteSpace(spoken[i])) { i++; continue; }
            var end = i;
            while (end < spoken.Length && !char.IsWhiteSpace(spoken[end])) { end++; }
            (int first, int last) = (i, end - 1);
            while (first <= last && !IsWordPart(spoken[first])) { first++; }
            while (last >= first && !IsWordPart(spoken[last])) { last--; }
            for (var at = first; at <= last;)
            {
                var next = at + 1;
                if (!IsIdeograph(spoken[at])) { while (next <= last && !IsIdeograph(spoken[next])) { next++; } }
                if (IsWordPart(spoken[at])) { words.Add(new TextWord(source.Substring(start + at, next - at), start + at, clause)); }
                at = next;
            }
            if (spoken.AsSpan(Math.Max(i, last + 1), end - Math.Max(i, last + 1)).ContainsAny(s_clauseEnds)) { clause++; }
            i = end;
        }
        return words;
    }

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '$' or '£' or '€';

    // CJK ideographs, kana; scripts that write words without spaces.
    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff';
}
