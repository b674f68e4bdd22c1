using Parley.Asr;
using Parley.Audio;

namespace Parley.Testing.Speech;

/// <summary>Makes <see cref="PauseTrial"/>s of recordings. The same arguments make the same trials.</summary>
public static class PauseTrials
{
    private const int ShortestPauseMs = 300, LongestPauseMs = 1_200, ShortestFadeMs = 30, LongestFadeMs = 120;

    /// <summary>The end of a sentence, the speaker's own pauses in it, and pauses put between its words.</summary>
    /// <param name="speaker">Who speaks.</param>
    /// <param name="recording">16 kHz; what is said in it, in order and with times, are the <paramref name="words"/>.</param>
    /// <param name="words">See <see cref="AlignAsync"/>.</param>
    /// <param name="cuts">How many pauses are put in, each in a copy of its own.</param>
    /// <param name="seed">Draws where, how long (300 to 1200 ms, uniformly) and how sudden.</param>
    public static IEnumerable<PauseTrial> Of(string speaker, short[] recording, IReadOnlyList<RecognizedWord> words, int cuts, int seed)
    {
        if (words.Count < 2) { yield break; }
        yield return PauseTrial.AtEnd(speaker, recording, words[^1].End, seed);
        foreach (var natural in PauseTrial.Natural(speaker, recording, words, seed)) { yield return natural; }
        foreach (var cut in Cut(speaker, recording, words, cuts, seed)) { yield return cut; }
    }

    /// <summary>Pauses put between words alone, for speech of which nobody knows where its sentences end.</summary>
    /// <inheritdoc cref="Of"/>
    public static IEnumerable<PauseTrial> Cut(string speaker, short[] recording, IReadOnlyList<RecognizedWord> words, int cuts, int seed)
    {
#pragma warning disable CA5394 // drawn to be repeated, not to be secret
        var random = new Random(seed);
        // Where a speaker pauses anyhow, nothing needs to be put in.
        var gaps = words.Zip(words.Skip(1)).Where(pair => pair.Second.Start - pair.First.End < PauseTrial.ShortestNatural)
            .Select(pair => (pair.First.End + pair.Second.Start) / 2).ToArray();
        random.Shuffle(gaps);
        foreach (var at in gaps.Take(cuts))
        {
            var pause = TimeSpan.FromMilliseconds(random.Next(ShortestPauseMs, LongestPauseMs + 1));
            var fade = TimeSpan.FromMilliseconds(random.Next(ShortestFadeMs, LongestFadeMs + 1));
            yield return PauseTrial.Insert(speaker, recording, at, pause, fade, seed);
        }
#pragma warning restore CA5394
    }

    /// <summary>The times of known words: a recogniser that may hear nothing else finds them.</summary>
    public static async Task<IReadOnlyList<RecognizedWord>> AlignAsync(
        ISpeechRecognizer recognizer, short[] recording, string text, CancellationToken cancellationToken = default) =>
        await ListenAsync(recognizer, recording, new RecognitionHints { Answers = [text], AllowOther = false }, cancellationToken);

    /// <summary>The words of a recording and their times, as the recogniser hears them.</summary>
    /// <param name="recognizer">Who listens.</param>
    /// <param name="recording">16 kHz.</param>
    /// <param name="hints">What may be heard; null for anything.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<RecognizedWord>> ListenAsync(
        ISpeechRecognizer recognizer, short[] recording, RecognitionHints? hints = null, CancellationToken cancellationToken = default)
    {
        await using var stream = await recognizer.OpenAsync(new RecognitionRequest(Hints: hints), cancellationToken);
        stream.Write(new AudioFrame(recording, AudioMath.SpeechRate, TimeSpan.Zero));
        return (await stream.FinishAsync(cancellationToken)).Words;
    }
}
