using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Tts;

/// <summary>Tells where clauses end. Marks of Western scripts count only before white space, so 3.14, 10:30, 1,000 and addresses stay whole.</summary>
internal static partial class ClauseMarks
{
    private const string Closers = "\"'”’»)]}*_`~」』）】》〉";
    private const string Openers = "\"'“‘«([{*_`~「『（【《〈";
    private const string WideStops = "。！？";
    private const string WideMarks = "，、；：";

    // What ends in a stop without ending a sentence. Those that are words too ("no", "sun") are left out.
    private static readonly FrozenSet<string> s_abbreviations = (
        "Mr Mrs Ms Mx Dr Prof Sr Jr St Mt Gen Gov Sen Rep Lt Col Capt Sgt Rev Hon Inc Ltd Co Corp Dept Fig Vol Ave Blvd Rd " +
        "Jan Feb Aug Sept Oct Nov Dec vs etc approx cf al ca ft lb lbs oz est resp Ph.D").Split(' ').ToFrozenSet();

    /// <summary>Whether <paramref name="c"/> may follow a CJK mark in the same clause.</summary>
    public static bool Continues(char c) =>
        char.IsWhiteSpace(c) || Closers.Contains(c, StringComparison.Ordinal) || WideStops.Contains(c, StringComparison.Ordinal);

    public static bool EndsWithWideMark(StringBuilder text)
    {
        var i = text.Length - 1;
        while (i >= 0 && Closers.Contains(text[i], StringComparison.Ordinal)) { i--; }
        return i >= 0 && (WideStops.Contains(text[i], StringComparison.Ordinal) || WideMarks.Contains(text[i], StringComparison.Ordinal));
    }

    /// <summary>Whether <paramref name="text"/> ends within the brackets of a Markdown link.</summary>
    public static bool IsInsideLink(string text) => text.LastIndexOf('[') > text.LastIndexOf(']');

    /// <summary>Words and letters (with digits) in <paramref name="text"/>. Two ideographs count as a word.</summary>
    public static (int Words, int Letters) Count(string text)
    {
        int words = 0, letters = 0, ideographs = 0;
        var inWord = false;
        foreach (var c in text)
        {
            var isLetter = char.IsLetterOrDigit(c);
            if (isLetter) { letters++; }
            if (c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff') { ideographs++; }
            else if (isLetter && !inWord) { words++; }
            inWord = !char.IsWhiteSpace(c) && (isLetter || inWord);
        }
        return (words + ideographs / 2, letters);
    }

    /// <summary>What ends where <paramref name="text"/> ends, which is after white space or a CJK mark.</summary>
    /// <param name="text">The clause so far.</param>
    /// <param name="lineStart">Whether it began at the start of a line.</param>
    public static ClauseEnd KindOf(string text, bool lineStart)
    {
        var body = text.AsSpan().TrimEnd();
        if (text.AsSpan(body.Length).Contains('\n')) { return ClauseEnd.Sentence; }
        var stop = body.TrimEnd(Closers);
        if (stop.IsEmpty) { return ClauseEnd.Word; }
        return stop[^1] switch
        {
            '!' or '?' or '。' or '！' or '？' => ClauseEnd.Sentence,
            '.' => EndsSentence(stop[..^1], lineStart) ? ClauseEnd.Sentence : ClauseEnd.Word,
            ',' or ';' or ':' or '—' or '–' or '，' or '、' or '；' or '：' => ClauseEnd.Mark,
            '-' when stop.Length > 1 && (stop[^2] == '-' || stop[^2] == ' ') => ClauseEnd.Mark,
            _ => ClauseEnd.Word,
        };
    }

    private static bool EndsSentence(ReadOnlySpan<char> beforeStop, bool lineStart)
    {
        if (beforeStop.IsEmpty || beforeStop[^1] == '.') { return false; }
        var begin = beforeStop.LastIndexOfAny(' ', '\n', '\t') + 1;
        var startsLine = begin == 0 ? lineStart : beforeStop[..begin].TrimEnd(" \t") is [] or [.., '\n'];
        var word = beforeStop[begin..].TrimStart(Openers);
        var isNumberOfList = startsLine && !word.ContainsAnyExceptInRange('0', '9');
        var isInitial = word.Length == 1 && char.IsUpper(word[0]) && word[0] != 'I';
        return !isNumberOfList && !isInitial && !DottedLetters().IsMatch(word) && !s_abbreviations.Contains(word.ToString());
    }

    [GeneratedRegex(@"^(\p{L}\.)+\p{L}$")]
    private static partial Regex DottedLetters();
}
