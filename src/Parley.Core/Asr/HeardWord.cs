using System.Globalization;
using System.Text;

namespace Parley.Asr;

/// <summary>A word of a hypothesis about a stretch of an utterance.</summary>
/// <param name="Text">As it is written, with its punctuation. A character of a script without spaces is a word.</param>
/// <param name="SpaceBefore">Whether a space stands between it and the word before.</param>
/// <param name="Start">Its begin, counted from the first sample of the utterance; null: not known.</param>
/// <param name="End">Its end, counted likewise.</param>
/// <param name="Confidence">Probability, 0 to 1, that it is right; null: not known.</param>
public readonly record struct HeardWord(string Text, bool SpaceBefore, TimeSpan? Start = null, TimeSpan? End = null, double? Confidence = null)
{
    /// <summary>The word without case and punctuation, by which hypotheses are compared; the text itself where nothing is left of it.</summary>
    public string Key
    {
        get
        {
            var key = new StringBuilder(Text.Length);
            foreach (var c in Text)
            {
                if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c == '\'') { key.Append(char.ToLowerInvariant(c)); }
            }
            return key.Length > 0 ? key.ToString() : Text;
        }
    }

    /// <summary>The words of a text.</summary>
    public static IReadOnlyList<HeardWord> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<HeardWord>();
        var (begin, spaced) = (-1, false);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                Close(i);
                spaced = words.Count > 0;
            }
            else if (IsIdeograph(text[i]))
            {
                Close(i);
                words.Add(new HeardWord(text[i].ToString(), spaced));
                spaced = false;
            }
            else if (begin < 0 && words.Count > 0 && !spaced && IsMark(text[i]))
            {
                // A mark belongs to the character before it.
                words[^1] = words[^1] with { Text = words[^1].Text + text[i] };
            }
            else if (begin < 0) { begin = i; }
        }
        Close(text.Length);
        return words;

        void Close(int end)
        {
            if (begin < 0) { return; }
            words.Add(new HeardWord(text[begin..end], spaced));
            (begin, spaced) = (-1, false);
        }
    }

    /// <summary>The text that the words make.</summary>
    public static string Join(IEnumerable<HeardWord> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var text = new StringBuilder();
        foreach (var word in words)
        {
            if (word.SpaceBefore && text.Length > 0) { text.Append(' '); }
            text.Append(word.Text);
        }
        return text.ToString();
    }

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff';

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.OtherPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation;
}
