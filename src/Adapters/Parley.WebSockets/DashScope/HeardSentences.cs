using Parley.Asr;

namespace Parley.WebSockets.DashScope;

/// <summary>The sentences of an utterance: those that are finished do not change, the one under way does.</summary>
internal sealed class HeardSentences
{
    private readonly List<WireSentence> _finished = [];
    private string _open = "";

    public PartialTranscript Push(WireSentence sentence)
    {
        if (sentence.IsFinished)
        {
            _finished.Add(sentence);
            _open = "";
        }
        else { _open = sentence.Text?.Trim() ?? ""; }
        var stable = Join(_finished.Select(s => s.Text?.Trim() ?? ""));
        return new PartialTranscript(Join([stable, _open]), stable.Length);
    }

    /// <summary>The final transcript: also of the sentence under way, should the service never have finished it.</summary>
    public FinalTranscript Final(string engine, double confidence, TimeSpan end)
    {
        var text = Join([.. _finished.Select(s => s.Text?.Trim() ?? ""), _open]);
        if (text.Length == 0) { return FinalTranscript.Empty(engine); }
        var words = new List<RecognizedWord>();
        var from = TimeSpan.Zero;
        foreach (var word in _finished.SelectMany(s => s.Words ?? []))
        {
            if (word is not { BeginTime: { } begin, EndTime: { } stop } || string.IsNullOrWhiteSpace(word.Text)) { continue; }
            var start = Max(from, Milliseconds(begin));
            if (start >= end) { break; }
            var till = Max(start + TimeSpan.FromMilliseconds(1), Min(end, Milliseconds(stop)));
            words.Add(new RecognizedWord((word.Text + word.Punctuation).Trim(), start, till, confidence));
            from = till;
        }
        return new FinalTranscript(text, words, confidence, engine);
    }

    // Between ideographs there is no space, but there is one between sentences of words.
    private static string Join(IEnumerable<string> parts)
    {
        var text = "";
        foreach (var part in parts.Where(p => p.Length > 0)) { text += text.Length > 0 && text[^1] < '\u2e80' && part[0] < '\u2e80' ? $" {part}" : part; }
        return text;
    }

    private static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(double.IsFinite(value) ? Math.Clamp(value, 0, 1e8) : 0);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
