using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar;

/// <summary>Capitals, spaces and marks of a written sentence.</summary>
internal static class WrittenForm
{
    private const string Type = "ORTH", Level = "A1";

    private static readonly HashSet<string> s_small =
    [
        "the", "a", "an", "this", "that", "these", "those", "he", "she", "it", "we", "they", "you", "my", "his", "her", "our", "their", "its", "and", "or", "but", "so", "because", "if", "when", "where",
        "while", "although", "is", "are", "was", "were", "have", "has", "do", "does", "not", "there", "then", "in", "on", "at", "of", "for", "with", "from", "to", "by", "as", "also", "some", "many", "most", "all",
    ];

    private static readonly string[][] s_openers = [.. new[]
    {
        "however", "secondly", "thirdly", "firstly", "lastly", "finally", "consequently", "unfortunately", "fortunately", "nevertheless", "actually", "besides", "likewise", "in conclusion",
        "in this case", "in fact", "as a result", "on the contrary", "in other words", "in general", "first of all", "last but not least", "in my opinion", "in contrast",
    }.Select(o => o.Split(' '))];

    public static void Correct(Sentence sentence)
    {
        PutComma(sentence);
        for (var i = 0; i < sentence.Tokens.Count; i++)
        {
            var token = sentence.Tokens[i];
            if (i > 0 && IsCapitalWithin(token, sentence.Tokens[i - 1]) && (i + 1 == sentence.Tokens.Count || !char.IsUpper(sentence.Tokens[i + 1].Text[0])))
            {
                sentence.Replace(i, i + 1, [token.Norm], new Change("capital-within", Type, Level, "Within a sentence only names begin with a capital letter.", "句子中间只有专有名词才大写。"));
            }
            if (token.Text == "i") { sentence.Replace(i, i + 1, ["I"], new Change("capital-i", Type, Level, "The word \"I\" is always a capital letter.", "表示“我”的 I 永远大写。")); }
        }
        if (FirstWord(sentence) is { } first && char.IsLower(sentence.Tokens[first].Text[0]))
        {
            var text = sentence.Tokens[first].Text;
            sentence.Replace(first, first + 1, [char.ToUpperInvariant(text[0]) + text[1..]],
                new Change("capital-sentence", Type, Level, "A sentence begins with a capital letter.", "句子的第一个字母要大写。"));
        }
        if (sentence.Tokens.Count >= 5 && sentence.Tokens[^1].IsWord && sentence.Tokens.Count(t => t.IsWord) >= 4)
        {
            var last = sentence.Tokens.Count;
            sentence.Replace(last, last, ["."], new Change("full-stop", "PUNCT", Level, "A sentence ends with a full stop.", "句子的结尾要加句号。"));
        }
    }

    /// <summary>Behind words that open a sentence and speak of it as a whole.</summary>
    private static void PutComma(Sentence sentence)
    {
        if (FirstWord(sentence) is not { } first) { return; }
        foreach (var opener in s_openers)
        {
            var after = first + opener.Length;
            if (after >= sentence.Tokens.Count || sentence.Tokens[after].Kind != TokenKind.Word || sentence.Tokens[after].Norm is "of" or "that"
                || !opener.SequenceEqual(sentence.Tokens.Skip(first).Take(opener.Length).Select(t => t.Norm))) { continue; }
            sentence.Replace(after, after, [","], new Change("comma-opener", "PUNCT", "B1", "A word that opens the sentence and links it to the one before is followed by a comma.", "句首的连接词后面要加逗号。"));
            return;
        }
    }

    /// <summary>A small word with a capital where no sentence begins; words around it with capitals too would be a title.</summary>
    private static bool IsCapitalWithin(Token token, Token before) =>
        token.IsWord && token.Text.Length > 1 && char.IsUpper(token.Text[0]) && token.Text.Skip(1).All(char.IsLower) && token.Change is null && s_small.Contains(token.Norm)
        && (before.Text == "," || (before.IsWord && char.IsLower(before.Text[0])));

    private static int? FirstWord(Sentence sentence)
    {
        var first = sentence.Tokens.TakeWhile(t => t.Kind == TokenKind.Mark && t.Text is "\"" or "“" or "'" or "(").Count();
        return first < sentence.Tokens.Count && sentence.Tokens[first].IsWord && sentence.Tokens[first].Norm[0] != '\'' ? first : null;
    }
}
