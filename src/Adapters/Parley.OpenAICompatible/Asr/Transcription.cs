using System.Text.RegularExpressions;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Asr;

/// <summary>What a server understood of the audio that it was sent.</summary>
/// <param name="Text">The text.</param>
/// <param name="Words">Its words with their times, from the begin of what was sent; empty where the server gives none.</param>
/// <param name="Confidence">Probability, 0 to 1; null where the server gives none.</param>
internal sealed partial record Transcription(string Text, IReadOnlyList<HeardWord> Words, double? Confidence)
{
    /// <summary>Whisper's own bounds for a segment that was made up from silence: no_speech_threshold and logprob_threshold.</summary>
    private const double SilenceProbability = 0.6, SilenceLogProbability = -1;

    /// <summary>LocalAI counts times in nanoseconds; no utterance has so many seconds.</summary>
    private const double Nanoseconds = 1e6;

    public static Transcription Plain(string text) => new(Clean(text), [], null);

    /// <exception cref="VoiceException">It is an error, or no transcript.</exception>
    public static Transcription Of(WireTranscription wire)
    {
        if (wire.HasError) { throw UpstreamErrors.FromBody(VoiceStage.Asr, wire.Error!.Value); }
        if (wire.Text is null && wire.Segments is null) { throw UpstreamErrors.Unintelligible(VoiceStage.Asr); }
        var segments = (wire.Segments ?? []).Where(s => s is not null).ToList();
        var spoken = segments.Where(s => !IsSilence(s)).ToList();
        var text = Clean(spoken.Count == segments.Count && wire.Text is not null ? wire.Text : string.Concat(spoken.Select(s => s.Text)));
        if (text.Length == 0) { return new Transcription("", [], 0); }
        var timed = wire.Words is { Count: > 0 } words && spoken.Count == segments.Count ? words : spoken.SelectMany(s => s.Words ?? []);
        var heard = Ordered(timed);
        return new Transcription(text, heard, ConfidenceOf(heard, spoken, wire.Logprobs));
    }

    /// <summary>The text's words, with the times of those that the server has times for.</summary>
    /// <param name="offset">Where in the utterance the audio that was sent begins.</param>
    public IReadOnlyList<HeardWord> TextWords(TimeSpan offset)
    {
        var tokens = HeardWord.Split(Text).ToArray();
        var next = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            // A word that stands only in the one list must not cost the others their times.
            for (var at = next; at < Math.Min(next + 4, Words.Count); at++)
            {
                if (Words[at].Key != tokens[i].Key) { continue; }
                tokens[i] = tokens[i] with { Start = Words[at].Start + offset, End = Words[at].End + offset, Confidence = Words[at].Confidence };
                next = at + 1;
                break;
            }
        }
        return tokens;
    }

    /// <summary>Marks such as <c>[BLANK_AUDIO]</c> or <c>(music)</c> are no speech.</summary>
    private static string Clean(string text) => Spaces().Replace(Annotations().Replace(text, " "), " ").Trim();

    private static bool IsSilence(WireSegment segment) => segment.NoSpeechProb > SilenceProbability && segment.AvgLogprob < SilenceLogProbability;

    /// <summary>The words in order, none before the end of the one before.</summary>
    private static List<HeardWord> Ordered(IEnumerable<WireWord> wire)
    {
        var words = new List<HeardWord>();
        var end = TimeSpan.Zero;
        foreach (var word in wire)
        {
            var text = Clean(word?.Word ?? word?.Text ?? "");
            if (text.Length == 0 || word is not { Start: { } from, End: { } to } || Seconds(from) is not { } start || Seconds(to) is not { } stop) { continue; }
            start = start < end ? end : start;
            if (stop <= start) { stop = start + TimeSpan.FromMilliseconds(1); }
            words.Add(new HeardWord(text, words.Count > 0, start, stop, word.Probability is >= 0 and <= 1 and var p ? p : null));
            end = stop;
        }
        return words;
    }

    private static TimeSpan? Seconds(double value) =>
        (value > Nanoseconds ? value / 1e9 : value) is >= 0 and < 86_400 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static double? ConfidenceOf(List<HeardWord> words, List<WireSegment> segments, IReadOnlyList<WireLogprob>? tokens)
    {
        var known = words.Where(w => w.Confidence is not null).Select(w => w.Confidence!.Value).ToList();
        if (known.Count > 0) { return known.Average(); }
        var logs = segments.Where(s => s.AvgLogprob is not null).Select(s => (Log: s.AvgLogprob!.Value, Weight: Math.Max(1, s.Text?.Length ?? 1))).ToList();
        if (logs.Count > 0) { return Probability(logs.Sum(l => l.Log * l.Weight) / logs.Sum(l => l.Weight)); }
        return tokens is { Count: > 0 } ? Probability(tokens.Average(t => t.Logprob ?? 0)) : null;
    }

    private static double Probability(double log) => double.IsFinite(log) ? Math.Clamp(Math.Exp(log), 0, 1) : 0;

    [GeneratedRegex(@"\[[^\]]{0,40}\]|\([^)]{0,40}\)|\*[^*]{0,40}\*|♪+")]
    private static partial Regex Annotations();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
