using System.Buffers;
using System.Globalization;
using System.Text;

namespace Parley.EspeakNg.Tts;

/// <summary>A word of the text, and which of its clauses it stands in.</summary>
internal readonly record struct TextWord(string Word, int Offset, int Clause);

/// <summary>A piece of a request's text as the program is given it: character for character, without what it should not read out.</summary>
internal sealed class EspeakText
{
    private static readonly SearchValues<char> s_clauseEnds = SearchValues.Create(".,;:!?…—–-。，！？；：、");

    public EspeakText(string source, Range piece)
    {
        var (start, length) = piece.GetOffsetAndLength(source.Length);
        Spoken = Clean(source.AsSpan(start, length));
        Words = FindWords(source, start, Spoken);
    }

    /// <summary>What is handed to the program: emoji, control characters and its own phoneme brackets are spaces.</summary>
    public string Spoken { get; }

    /// <summary>The words, in order; offsets count in the whole request. Han, kana and the like count as one word a character.</summary>
    public IReadOnlyList<TextWord> Words { get; }

    private static string Clean(ReadOnlySpan<char> text)
    {
        var spoken = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var taken) != OperationStatus.Done) { rune = new Rune(' '); }
            var speak = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherSymbol
                    or UnicodeCategory.ModifierSymbol or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                && rune.Value is not ('[' or ']' or '<' or '>' or '\\' or '_' or '|' or '~');
            if (speak && rune.Utf16SequenceLength == taken) { spoken.Append(text[..taken]); }
            else { spoken.Append(' ', taken); }
            text = text[taken..];
        }
        return spoken.ToString();
    }

    private static List<TextWord> FindWords(string source, int start, string spoken)
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
