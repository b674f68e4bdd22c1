using Parley.Learning.Grammar.Words;
using Parley.Lexicon;

namespace Parley.Learning.Grammar.Ranking;

/// <summary>How much likelier a sentence becomes by a change.</summary>
/// <remarks>Thread-safe. Marks are passed over, as the model knows none, and <c>do n't</c> is one word to it.</remarks>
internal sealed class PhraseScorer(INgramModel model)
{
    private const int Before = 3, After = 3;

    /// <summary>The gain in the logarithm of the probability.</summary>
    public double Gain(IReadOnlyList<Token> tokens, int start, int end, IReadOnlyList<string> texts) =>
        Score(tokens, start, end, texts) - Score(tokens, start, end, tokens.Skip(start).Take(end - start).Select(t => t.Norm));

    public bool Knows(string word) => model.Find(word) >= 0;

    /// <summary>How common a word is by itself.</summary>
    public double Commonness(string word) => model.Score(model.Find(word), -1, -1);

    private double Score(IReadOnlyList<Token> tokens, int start, int end, IEnumerable<string> texts)
    {
        var words = new List<string>();
        var from = start;
        for (var taken = 0; from > 0 && taken < Before && !IsStop(tokens[from - 1]); ) { if (tokens[--from].Kind != TokenKind.Mark) { taken++; } }
        for (var i = from; i < start; i++) { Add(words, tokens[i].Norm, tokens[i].Kind); }
        foreach (var text in texts) { Add(words, text.ToLowerInvariant(), char.IsLetterOrDigit(text[0]) || text.Length > 1 ? TokenKind.Word : TokenKind.Mark); }
        var (to, more) = (end, 0);
        for (; to < tokens.Count && more < After && !IsStop(tokens[to]); to++)
        {
            Add(words, tokens[to].Norm, tokens[to].Kind);
            if (tokens[to].Kind != TokenKind.Mark) { more++; }
        }
        var begins = from == 0 || IsStop(tokens[from - 1]);
        var ends = to == tokens.Count || IsStop(tokens[to]);
        var (sum, previous, beforePrevious) = (0.0, begins ? model.SentenceBegin : -1, -1);
        foreach (var word in words)
        {
            var id = model.Find(word);
            sum += model.Score(id, previous, beforePrevious);
            (previous, beforePrevious) = (id, previous);
        }
        return ends ? sum + model.Score(model.SentenceEnd, previous, beforePrevious) : sum;
    }

    private static void Add(List<string> words, string word, TokenKind kind)
    {
        if (kind == TokenKind.Mark) { return; }
        if (words.Count > 0 && (word == "n't" || word[0] == '\'')) { words[^1] += word; }
        else { words.Add(word); }
    }

    private static bool IsStop(Token token) => token.Kind == TokenKind.Mark && token.Text is "." or "!" or "?" or ";" or ":";
}
