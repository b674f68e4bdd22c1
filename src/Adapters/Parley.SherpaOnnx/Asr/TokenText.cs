using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Parley.Asr;
using Parley.SherpaOnnx.Models;

namespace Parley.SherpaOnnx.Asr;

/// <summary>Makes text and words of what a model writes. Models that know capitals alone are written small.</summary>
/// <param name="isUpperCase">Whether the model's tokens have no small letters.</param>
/// <param name="letters">The characters that are tokens by themselves.</param>
/// <param name="marksPieces">Whether a piece of a word says that the next belongs to it (<c>@@</c>), and the begin of a word has no mark.</param>
internal sealed unsafe partial class TokenText(bool isUpperCase, IReadOnlySet<char> letters, bool marksPieces = false)
{
    private const string GoesOn = "@@";

    /// <summary>How long the last token lasts where nothing tells.</summary>
    private const double LastToken = 0.2;

    /// <summary>Whether the model's tokens have no small letters.</summary>
    public bool IsUpperCase { get; } = isUpperCase;

    /// <summary>The characters that are tokens by themselves: any word of them can be spelled.</summary>
    public IReadOnlySet<char> Letters { get; } = letters;

    public static TokenText Read(SherpaModel model)
    {
        var (upper, lower, letters) = (0, 0, new HashSet<char>());
        // Whisper's tokens are written in base64, and it spells well by itself.
        foreach (var line in model.Kind == SherpaModelKind.Whisper ? [] : File.ReadLines(model.Tokens!))
        {
            if (line.StartsWith('<')) { continue; }
            upper += line.Count(char.IsAsciiLetterUpper);
            lower += line.Count(char.IsAsciiLetterLower);
            if (line.TrimStart('▁').Split([' ', '\t'])[0] is [var letter]) { letters.Add(letter); }
        }
        return new TokenText(upper > 0 && lower == 0, letters, model.Kind is SherpaModelKind.Paraformer or SherpaModelKind.StreamingParaformer);
    }

    /// <summary>Reads a result of the library.</summary>
    /// <param name="text">UTF-8 text.</param>
    /// <param name="tokens">UTF-8 tokens.</param>
    /// <param name="times">When each begins, in seconds; null: not told.</param>
    /// <param name="logs">The logarithm of each token's probability; null: not told.</param>
    /// <param name="count">How many tokens there are.</param>
    public Hypothesis Write(nint text, nint* tokens, float* times, float* logs, int count)
    {
        var written = Spell((Marshal.PtrToStringUTF8(text) ?? "").Trim());
        if (written.Length == 0) { return Hypothesis.Empty; }
        double? confidence = null;
        if (logs is not null && count > 0)
        {
            double sum = 0;
            for (var i = 0; i < count; i++) { sum += Math.Exp(Math.Min(0, logs[i])); }
            confidence = Math.Clamp(sum / count, 0, 1);
        }
        if (times is null || tokens is null || count == 0) { return new Hypothesis(written, [], confidence); }
        var pieces = new (string Text, double Start)[count];
        for (var i = 0; i < count; i++) { pieces[i] = (Marshal.PtrToStringUTF8(tokens[i]) ?? "", times[i]); }
        return new Hypothesis(written, Words(pieces, confidence ?? Hypothesis.UnknownConfidence), confidence);
    }

    /// <summary>Joins tokens to words: one that begins with a space begins a word, or one that no piece precedes, and so does every ideograph.</summary>
    internal IReadOnlyList<RecognizedWord> Words(ReadOnlySpan<(string Text, double Start)> tokens, double confidence)
    {
        var words = new List<(string Text, double Start, double End)>();
        var goesOn = false;
        for (var i = 0; i < tokens.Length; i++)
        {
            var (token, start) = tokens[i];
            var piece = token.Replace('▁', ' ');
            if (piece.StartsWith('<') || piece.Trim().Length == 0) { continue; }
            var belongs = goesOn;
            goesOn = marksPieces && piece.EndsWith(GoesOn, StringComparison.Ordinal);
            if (goesOn) { piece = piece[..^GoesOn.Length]; }
            var end = i + 1 < tokens.Length ? Math.Min(tokens[i + 1].Start, start + 1) : start + LastToken;
            var begins = words.Count == 0 || (marksPieces ? !belongs : char.IsWhiteSpace(piece[0])) || Ideograph().IsMatch(piece) || Ideograph().IsMatch(words[^1].Text);
            if (begins) { words.Add((piece.Trim(), start, end)); }
            else { words[^1] = (words[^1].Text + piece.Trim(), words[^1].Start, end); }
        }
        var last = 0.0;
        var placed = new List<RecognizedWord>(words.Count);
        foreach (var (word, start, end) in words)
        {
            var from = Math.Max(start, last);
            last = Math.Max(end, from + 0.001);
            placed.Add(new RecognizedWord(Spell(word), TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(last), confidence));
        }
        return placed;
    }

    // "I'LL SEE" becomes "I'll see": the pronoun is the one English word that is always a capital.
    private string Spell(string text) => IsUpperCase ? Pronoun().Replace(text.ToLowerInvariant(), "I") : text;

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}|\p{IsHiragana}|\p{IsKatakana}")]
    private static partial Regex Ideograph();

    [GeneratedRegex(@"\bi\b")]
    private static partial Regex Pronoun();
}
