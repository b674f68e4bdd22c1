using System.Text.RegularExpressions;

namespace Parley.Learning.Grammar.Words;

/// <summary>Cuts a text into tokens as the Penn Treebank does: <c>don't</c> is <c>do</c> and <c>n't</c>, whether they were apart before or not.</summary>
internal static partial class Tokenizer
{
    private static readonly string[] s_endings = ["n't", "'s", "'m", "'re", "'ve", "'ll", "'d"];

    /// <returns>The tokens in order; their spaces and texts together, with what follows the last one, are the source.</returns>
    public static List<Token> Tokenize(string text)
    {
        var (tokens, end) = (new List<Token>(), 0);
        foreach (Match match in Pieces().Matches(text))
        {
            var space = text[end..match.Index];
            end = match.Index + match.Length;
            var kind = match.Groups["other"].Success ? TokenKind.Other : match.Groups["word"].Success ? TokenKind.Word
                : match.Groups["number"].Success ? TokenKind.Number : TokenKind.Mark;
            var cut = kind == TokenKind.Word ? EndingOf(match.Value) : 0;
            if (cut == 0)
            {
                tokens.Add(new Token(match.Value, kind, space, match.Index, end));
                continue;
            }
            tokens.Add(new Token(match.Value[..^cut], kind, space, match.Index, end - cut));
            tokens.Add(new Token(match.Value[^cut..], kind, "", end - cut, end));
        }
        return tokens;
    }

    private static int EndingOf(string word)
    {
        var norm = word.Replace('’', '\'').ToLowerInvariant();
        foreach (var ending in s_endings)
        {
            if (norm.Length > ending.Length && norm.EndsWith(ending, StringComparison.Ordinal)) { return ending.Length; }
        }
        return 0;
    }

    [GeneratedRegex("""
        (?<other>https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}|</?[A-Za-z][^<>]{0,200}>|`[^`]{0,200}`|[@\#]\w+|&\w+;)
        |(?<word>[A-Za-zÀ-ÖØ-öø-ÿ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ÿ]+)*|['’](?:s|m|re|ve|ll|d|S|M|RE|VE|LL|D)\b)
        |(?<number>\d+(?:[.,:/]\d+)*(?:st|nd|rd|th|s|%)?\b)
        |(?<other>[^\s\p{P}\p{S}A-Za-z0-9]+|[\p{So}\p{Cs}\u200D\uFE0F]+|[A-Za-z]*\d\w*)
        |\.{2,}|[^\s]
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Pieces();
}
