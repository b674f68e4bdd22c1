namespace Parley.Replies.Tools.BuiltIn;

/// <summary>Ranks passages of texts by the words of a query: Okapi BM25 (Robertson and Zaragoza 2009).</summary>
/// <remarks>Nothing is indexed: only the query's words are counted, so a text is read once, about as fast as it can be split into words.</remarks>
internal sealed class PassageSearch
{
    /// <summary>The words of a passage, and how far the next begins after it: the two overlap, so that no sentence falls between them.</summary>
    private const int Words = 80, Step = 60;

    // The usual values: how soon further occurrences of a word count no more, and how much longer passages are held back.
    private const double K1 = 1.2, B = 0.75;

    private readonly string[] _terms;
    private readonly Dictionary<string, int[]> _termsOf = new(StringComparer.Ordinal);
    private readonly List<Candidate> _candidates = [];

    private PassageSearch(string query) => _terms = [.. Terms(query).Distinct()];

    /// <summary>The passages that fit best, the best first; of two that overlap the better.</summary>
    public static IReadOnlyList<Passage> Find(IEnumerable<ContextItem> items, string query, int most)
    {
        var search = new PassageSearch(query);
        foreach (var item in items) { search.Cut(item); }
        return search.Best(most);
    }

    private void Cut(ContextItem item)
    {
        // The title names what every passage of the text is about.
        var (title, text) = (Read(item.Title ?? ""), Read(item.Text));
        for (var start = 0; start < text.Words.Count; start += Step)
        {
            var end = Math.Min(start + Words, text.Words.Count);
            var counts = new int[_terms.Length];
            foreach (var (_, term) in title.Hits) { counts[term]++; }
            foreach (var (word, term) in text.Hits) { counts[term] += word >= start && word < end ? 1 : 0; }
            var place = text.Words[start].Start..text.Words[end - 1].End;
            _candidates.Add(new Candidate(item, place, counts, end - start + title.Words.Count));
            if (end == text.Words.Count) { break; }
        }
    }

    private List<Passage> Best(int most)
    {
        var mean = _candidates.Count == 0 ? 1 : _candidates.Average(c => c.Length);
        var weights = _terms.Select((_, term) => Weight(_candidates.Count(c => c.Counts[term] > 0))).ToArray();
        var ranked = _candidates.Select((c, i) => (Index: i, Candidate: c, Score: weights.Select((w, term) => w * Saturation(c.Counts[term], c.Length / mean)).Sum()))
            .Where(r => r.Score > 0).OrderByDescending(r => r.Score).ThenBy(r => r.Index);
        var best = new List<(int Index, Candidate Candidate)>();
        foreach (var (index, candidate, _) in ranked)
        {
            if (best.Any(b => Math.Abs(b.Index - index) == 1 && b.Candidate.Source == candidate.Source)) { continue; }
            best.Add((index, candidate));
            if (best.Count == most) { break; }
        }
        return [.. best.Select(b => new Passage(b.Candidate.Source, b.Candidate.Source.Text[b.Candidate.Place]))];
    }

    /// <summary>The rarer a word the more it tells.</summary>
    private double Weight(int passagesWithIt) => Math.Log(1 + (_candidates.Count - passagesWithIt + 0.5) / (passagesWithIt + 0.5));

    private static double Saturation(int count, double relativeLength) => count * (K1 + 1) / (count + K1 * (1 - B + B * relativeLength));

    /// <summary>Where a text's words are, and which of them are words of the query.</summary>
    private (List<(int Start, int End)> Words, List<(int Word, int Term)> Hits) Read(string text)
    {
        var (words, hits) = (new List<(int, int)>(), new List<(int, int)>());
        var known = _termsOf.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var at = 0; at < text.Length; at++)
        {
            if (char.IsWhiteSpace(text[at])) { continue; }
            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at])) { at++; }
            var word = text.AsSpan(start, at - start);
            if (!known.TryGetValue(word, out var terms))
            {
                terms = [.. Terms(word.ToString()).Select(t => Array.IndexOf(_terms, t)).Where(t => t >= 0)];
                known[word] = terms;
            }
            foreach (var term in terms) { hits.Add((words.Count, term)); }
            words.Add((start, at));
        }
        return (words, hits);
    }

    private static IEnumerable<string> Terms(string text) => SpokenText.Words(text).Select(Singular);

    // As much of English as ranking needs: "cells" finds "cell".
    private static string Singular(string word) => word.Length > 3 && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word;

    /// <summary>A passage before it is chosen: its place in the text, how often each word of the query is in it, and its words.</summary>
    private sealed record Candidate(ContextItem Source, Range Place, int[] Counts, int Length);
}
