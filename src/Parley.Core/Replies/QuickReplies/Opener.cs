namespace Parley.Replies.QuickReplies;

/// <summary>Makes an opener of what the small model says, or nothing: models that small do not always do as they are told.</summary>
internal static class Opener
{
    private const int MostWords = 3, MostLetters = 28, MostIdeographs = 12;
    private const string Wrappers = "\"'*_`“”‘’「」『』 \t\r\n";

    /// <summary>The marks that end an opener.</summary>
    public const string Marks = ",.!…，。！、；;:：—～~";

    private static readonly char[] s_ends = [.. Marks, '\n', '?', '？'];

    /// <summary>An opener that is whole although more may follow; null: that cannot be said yet.</summary>
    public static string? Early(string text)
    {
        var said = text.Trim(Wrappers.ToCharArray());
        var end = said.IndexOfAny(s_ends);
        var words = SpokenText.Normalize(end < 0 ? said : said[..end]);
        return Openers.IsKnown(words) && (end > 0 || !Openers.MayBecome(words)) ? Of(text, isComplete: false) : null;
    }

    /// <summary>The opener in all that the small model said; null: there is none in it.</summary>
    /// <param name="text">What it said.</param>
    /// <param name="isComplete">Whether it said no more.</param>
    public static string? Of(string text, bool isComplete)
    {
        var said = text.Trim(Wrappers.ToCharArray());
        var end = said.IndexOfAny(s_ends);
        var (first, mark) = end < 0 ? (said, ',') : (said[..end], said[end]);
        var words = SpokenText.Normalize(first);
        if (words.Length == 0 || mark is '?' or '？' || Openers.Commits(words)) { return null; }
        // What goes on after its first words, or has figures in it, is no opener but the begin of an answer.
        var goesOn = !isComplete || (end >= 0 && said.AsSpan(end).IndexOfAnyExcept(s_ends.AsSpan()) >= 0);
        if (!Openers.IsKnown(words) && (goesOn || words.Any(char.IsDigit) || !IsShort(first.Trim(), words))) { return null; }
        return Punctuate(first.Trim(), mark);
    }

    private static bool IsShort(string text, string words) =>
        text.Any(IsWide) ? words.Length <= MostIdeographs : words.Length <= MostLetters && words.Count(' ') < MostWords;

    /// <summary>With a mark that lets the answer follow, and the space that belongs there.</summary>
    private static string Punctuate(string text, char mark)
    {
        if (IsWide(text[^1])) { return text + (mark is '!' or '！' ? '！' : mark is '…' ? '…' : '，'); }
        return char.ToUpperInvariant(text[0]) + text[1..] + (mark is '!' or '…' ? mark : ',') + ' ';
    }

    /// <summary>Whether the character is of a script that is written without spaces.</summary>
    private static bool IsWide(char c) => c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff';
}
