using Parley.Tts;

namespace Parley.EspeakNg.Tts;

/// <summary>Lays the written words over the spoken ones. A number is one written word and several spoken ones; "of the" is often the reverse.</summary>
internal static class WordAligner
{
    // A digit takes about as long to say as four letters.
    private const int DigitWeight = 4;

    /// <param name="written">The words of the text.</param>
    /// <param name="spoken">For each spoken clause the spans of its words.</param>
    public static IReadOnlyList<WordSpan> Align(IReadOnlyList<TextWord> written, IReadOnlyList<List<(long Start, long End)>> spoken)
    {
        var clauses = written.GroupBy(w => w.Clause).Select(g => g.ToList()).ToList();
        return clauses.Count == spoken.Count
            ? [.. clauses.SelectMany((words, i) => AlignClause(words, spoken[i]))]
            : [.. AlignClause([.. written], [.. spoken.SelectMany(s => s)])];
    }

    private static IEnumerable<WordSpan> AlignClause(List<TextWord> written, List<(long Start, long End)> spoken)
    {
        if (spoken.Count == 0) { yield break; }
        if (written.Count == spoken.Count)
        {
            for (var i = 0; i < written.Count; i++) { yield return Span(written[i], spoken[i].Start, spoken[i].End); }
            yield break;
        }
        double total = written.Sum(Weight), passed = 0;
        var sounding = spoken.Sum(s => s.End - s.Start);
        foreach (var word in written)
        {
            var start = At(spoken, (long)(sounding * passed / total));
            passed += Weight(word);
            yield return Span(word, start, At(spoken, (long)(sounding * passed / total)));
        }
    }

    private static WordSpan Span(TextWord word, long start, long end) => new(word.Word, word.Offset, start, Math.Max(1, end - start));

    private static int Weight(TextWord word) => word.Word.Sum(c => char.IsDigit(c) ? DigitWeight : 1);

    // The sample after so much sounding time, pauses between words left out.
    private static long At(List<(long Start, long End)> spoken, long sounding)
    {
        foreach (var (start, end) in spoken)
        {
            if (sounding < end - start) { return start + sounding; }
            sounding -= end - start;
        }
        return spoken[^1].End - 1;
    }
}
