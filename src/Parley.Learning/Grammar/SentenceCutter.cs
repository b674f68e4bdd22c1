using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar;

/// <summary>Cuts tokens into sentences, at marks and new lines; what never ends is cut all the same.</summary>
internal static class SentenceCutter
{
    private const int Longest = 100;

    private static readonly HashSet<string> s_abbreviations = ["mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "no", "e.g", "i.e"];

    public static IEnumerable<List<Token>> Cut(IEnumerable<Token> tokens)
    {
        var sentence = new List<Token>();
        var (isOver, isSpaced) = (false, false);
        foreach (var token in tokens)
        {
            if (sentence.Count > 0 && ((isOver && token.Text is not (")" or "\"" or "”" or "'" or "." or "!" or "?")) || token.Space.Contains('\n') || sentence.Count >= Longest))
            {
                yield return sentence;
                sentence = [];
                isOver = false;
            }
            isSpaced |= token.Kind == TokenKind.Mark && token.Space.Length > 0;
            // Where marks stand apart from words, one that does not belongs to the word.
            isOver |= token.Kind == TokenKind.Mark && token.Text[0] is '.' or '!' or '?' && !(sentence.Count > 0 && (IsAbbreviation(sentence[^1]) || (isSpaced && token.Space.Length == 0)));
            sentence.Add(token);
        }
        if (sentence.Count > 0) { yield return sentence; }
    }

    private static bool IsAbbreviation(Token token) => s_abbreviations.Contains(token.Norm) || (token.IsWord && token.Text.Length == 1 && token.Norm is not ("i" or "a"));
}
