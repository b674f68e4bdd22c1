namespace Parley.Learning.Grammar.Words;

/// <summary>A sentence under correction: its tokens, each with where it came from and what changed it.</summary>
/// <param name="tokens">The tokens as they stood.</param>
/// <param name="begin">Where it begins in the source: where the sentence before it ends.</param>
/// <remarks>For one thread.</remarks>
internal sealed class Sentence(IReadOnlyList<Token> tokens, int begin)
{
    private readonly List<Token> _tokens = [.. tokens];

    public IReadOnlyList<Token> Tokens => _tokens;

    /// <summary>The change that took away its last tokens.</summary>
    public Change? DroppedAtEnd { get; private set; }

    public int Begin { get; } = begin;

    /// <summary>Where its last token ends in the source.</summary>
    public int End { get; } = tokens.Count > 0 ? tokens[^1].End : begin;

    /// <summary>Whether marks stand apart from words, as in a text that was cut into tokens.</summary>
    public bool IsSpaced { get; } = tokens.Skip(1).Any(t => (t.Kind == TokenKind.Mark && t.Text is "." or "," or "?" or "!" or ";" && t.Space.Length > 0) || (t.Norm[0] == '\'' && t.IsWord && t.Space.Length > 0));

    /// <summary>Puts words in the place of tokens.</summary>
    /// <returns>False where that would change nothing, or touch a token that is fixed; then it is left as it was.</returns>
    public bool Replace(int start, int end, IReadOnlyList<string> texts, Change change)
    {
        var put = Cased(start, end, WithArticles([.. texts.SelectMany(t => Tokenizer.Tokenize(t).Select(p => p.Text))], end));
        var kept = Common(start, end, put);
        if (Enumerable.Range(start, end - start).Any(i => _tokens[i].IsFixed && !kept.ContainsValue(i))) { return false; }
        if (put.Count == end - start && kept.Count == put.Count) { return false; }
        // A change at the edge of something doubtful would be a guess.
        var made = new List<Token>();
        var from = start;
        for (var i = 0; i < put.Count;)
        {
            if (kept.TryGetValue(i, out var same))
            {
                var token = _tokens[same];
                if (same > from) { token = token with { Dropped = change }; }
                made.Add(token);
                (from, i) = (same + 1, i + 1);
                continue;
            }
            var next = Enumerable.Range(i, put.Count - i).First(n => n == put.Count - 1 || kept.ContainsKey(n + 1)) + 1;
            var until = next < put.Count ? kept[next] : end;
            made.AddRange(Aligned(put.Skip(i).Take(next - i).ToList(), from, until, change));
            (from, i) = (until, next);
        }
        var drop = from < end;
        // What was taken out before stays told of.
        if (made.Count > 0 && made[0].Dropped is null && start < end && _tokens[start].Dropped is { } earlier) { made[0] = made[0] with { Dropped = earlier }; }
        var space = start < _tokens.Count ? _tokens[start].Space : " ";
        for (var i = 0; i < made.Count; i++)
        {
            var before = i > 0 ? made[i - 1] : start == end && start > 0 ? _tokens[start - 1] : null;
            made[i] = made[i] with { Space = before is null ? space : Space(before, made[i]) };
        }
        if (made.Count == 0 && end < _tokens.Count && start == 0) { _tokens[end] = _tokens[end] with { Space = space }; }
        if (drop && end < _tokens.Count) { _tokens[end] = _tokens[end] with { Dropped = change }; }
        if (drop && end == _tokens.Count) { DroppedAtEnd = change; }
        _tokens.RemoveRange(start, end - start);
        _tokens.InsertRange(start, made);
        if (start + made.Count < _tokens.Count && start + made.Count > 0 && made.Count > 0 && _tokens[start + made.Count].Space.Length == 0)
        {
            _tokens[start + made.Count] = _tokens[start + made.Count] with { Space = Space(made[^1], _tokens[start + made.Count]) };
        }
        return true;
    }

    public string Text() => string.Concat(_tokens.Select(t => t.Space + t.Text));

    private IEnumerable<Token> Aligned(List<string> texts, int from, int until, Change change)
    {
        var place = from < until ? _tokens[from].Start : from > 0 && from <= _tokens.Count ? _tokens[from - 1].End : 0;
        if (texts.Count == until - from) { return texts.Select((t, i) => Token.Of(t, "", _tokens[from + i].Start, _tokens[from + i].End, change)); }
        var stop = from < until ? _tokens[until - 1].End : place;
        return texts.Select((t, i) => Token.Of(t, "", i == 0 ? place : stop, stop, change));
    }

    /// <summary>The longest common subsequence of the new texts and the tokens: new → token.</summary>
    private Dictionary<int, int> Common(int start, int end, List<string> texts)
    {
        var (n, m) = (texts.Count, end - start);
        var length = new int[n + 1, m + 1];
        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = m - 1; j >= 0; j--)
            {
                length[i, j] = texts[i] == _tokens[start + j].Text ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }
        var kept = new Dictionary<int, int>();
        for (var (i, j) = (0, 0); i < n && j < m;)
        {
            if (texts[i] == _tokens[start + j].Text) { kept[i++] = start + j++; }
            else if (length[i + 1, j] >= length[i, j + 1]) { i++; }
            else { j++; }
        }
        return kept;
    }

    private string Space(Token before, Token token)
    {
        if (token.Change is null && token.Space.Length > 0) { return token.Space; }
        var joins = token.Norm[0] == '\'' || token.Norm == "n't" || (token.Kind == TokenKind.Mark && token.Text is "." or "," or "?" or "!" or ";" or ":" or ")");
        if (token.Change is null && !(token.IsWord && before.IsWord)) { return token.Space; }
        return joins && !IsSpaced ? "" : " ";
    }

    /// <summary>Gives the article the form that the next word asks for.</summary>
    private List<string> WithArticles(IReadOnlyList<string> texts, int end)
    {
        var made = texts.ToList();
        for (var i = 0; i < made.Count; i++)
        {
            if (made[i] is not ("a" or "an")) { continue; }
            var next = i + 1 < made.Count ? made[i + 1] : end < _tokens.Count ? _tokens[end].Text : "";
            made[i] = Articles.Before(next);
        }
        return made;
    }

    /// <summary>Where a sentence began with a capital, it still does.</summary>
    private List<string> Cased(int start, int end, List<string> texts)
    {
        if (start != 0 || texts.Count == 0 || end == 0 || _tokens[0].Text is not [var first, ..] || !char.IsUpper(first)) { return texts; }
        if (texts[0] == _tokens[0].Text) { return texts; }
        // The first word moves inwards: a pronoun "I" and names keep their capitals.
        var moved = _tokens[0].Text;
        var isCommon = moved != "I" && WordAnalyzer.IsClosed(_tokens[0].Norm);
        return [.. texts.Select((t, i) => i == 0 ? char.ToUpperInvariant(t[0]) + t[1..] : isCommon && t == moved ? t.ToLowerInvariant() : t)];
    }
}
