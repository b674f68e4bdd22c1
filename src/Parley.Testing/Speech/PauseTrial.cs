using Parley.Asr;
using Parley.Audio;

namespace Parley.Testing.Speech;

/// <summary>A recording with a silence in it that a turn detector must judge.</summary>
/// <param name="Speaker">Who speaks.</param>
/// <param name="Kind">What the silence is.</param>
/// <param name="Samples">16 kHz, from the beginning of the recording to a little after the silence.</param>
/// <param name="Start">The last sound before the silence.</param>
/// <param name="End">Where speech goes on; the end of <paramref name="Samples"/> where it does not.</param>
/// <remarks>
/// A silence that is put in is the recording's own noise, and speech fades into it: the sudden end of a cut word would tell it from a real pause.
/// </remarks>
public sealed record PauseTrial(string Speaker, PauseKind Kind, short[] Samples, TimeSpan Start, TimeSpan End)
{
    /// <summary>Gaps between words that are pauses, not the closure of a consonant.</summary>
    public static readonly TimeSpan ShortestNatural = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan s_after = TimeSpan.FromMilliseconds(400), s_afterEnd = TimeSpan.FromSeconds(4), s_ending = TimeSpan.FromMilliseconds(150);

    /// <summary>The end of a recording, its own noise going on behind it.</summary>
    /// <param name="speaker">Who speaks.</param>
    /// <param name="recording">16 kHz.</param>
    /// <param name="lastWord">The end of the last word.</param>
    /// <param name="seed">Makes the noise.</param>
    public static PauseTrial AtEnd(string speaker, short[] recording, TimeSpan lastWord, int seed)
    {
        var noise = new RoomNoise(recording, seed);
        var end = SpeechLevel.LastSound(recording, noise.LevelDb, lastWord + s_ending);
        var samples = Join(recording, noise.Make(SamplesIn(s_afterEnd)), overlap: 320);
        return new(speaker, PauseKind.End, samples, end, TimeOf(samples.Length));
    }

    /// <summary>A pause put into a recording.</summary>
    /// <param name="speaker">Who speaks.</param>
    /// <param name="recording">16 kHz.</param>
    /// <param name="at">Between which sounds.</param>
    /// <param name="pause">How long.</param>
    /// <param name="fade">How long the sound before it takes to die away.</param>
    /// <param name="seed">Makes the noise.</param>
    public static PauseTrial Insert(string speaker, short[] recording, TimeSpan at, TimeSpan pause, TimeSpan fade, int seed)
    {
        var noise = new RoomNoise(recording, seed);
        var (cut, overlap) = (SamplesIn(at), Math.Min(SamplesIn(fade), SamplesIn(at)));
        var before = recording[..Math.Min(recording.Length, cut + (overlap / 2))];
        var silent = Join(before, noise.Make(SamplesIn(pause) + overlap), overlap);
        var resumes = TimeOf(silent.Length);
        var samples = Join(silent, recording[cut..Math.Min(recording.Length, cut + SamplesIn(s_after))], overlap: 160);
        return new(speaker, PauseKind.Inserted, samples, SpeechLevel.LastSound(silent, noise.LevelDb, TimeOf(before.Length)), resumes);
    }

    /// <summary>The pauses that the speaker made between two words.</summary>
    public static IEnumerable<PauseTrial> Natural(string speaker, short[] recording, IReadOnlyList<RecognizedWord> words, int seed)
    {
        var noise = new RoomNoise(recording, seed);
        foreach (var (word, next) in words.Zip(words.Skip(1)))
        {
            var start = SpeechLevel.LastSound(recording, noise.LevelDb, word.End + (s_ending / 3));
            if (next.Start - start < ShortestNatural || next.Start - word.End < ShortestNatural) { continue; }
            yield return new(speaker, PauseKind.Natural, recording[..Math.Min(recording.Length, SamplesIn(next.Start + s_after))], start, next.Start);
        }
    }

    private static short[] Join(short[] first, short[] second, int overlap)
    {
        overlap = Math.Min(overlap, Math.Min(first.Length, second.Length));
        var joined = new short[first.Length + second.Length - overlap];
        first.CopyTo(joined, 0);
        second.AsSpan(overlap).CopyTo(joined.AsSpan(first.Length));
        for (var i = 0; i < overlap; i++)
        {
            var at = first.Length - overlap + i;
            var angle = Math.PI / 2 * (i + 0.5) / overlap;
            joined[at] = (short)Math.Clamp((first[at] * Math.Cos(angle)) + (second[i] * Math.Sin(angle)), short.MinValue, short.MaxValue);
        }
        return joined;
    }

    private static int SamplesIn(TimeSpan time) => (int)AudioMath.SamplesIn(time, AudioMath.SpeechRate);

    private static TimeSpan TimeOf(int samples) => AudioMath.DurationOf(samples, AudioMath.SpeechRate);
}
