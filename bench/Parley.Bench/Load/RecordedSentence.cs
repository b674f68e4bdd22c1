using Parley.Audio;

namespace Parley.Bench.Load;

/// <summary>A person's recorded speech.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Samples">16 kHz, from a tenth of a second before the onset on, three seconds at the most.</param>
/// <param name="Onset">
/// The first sample of speech: from its 10 ms on, seven of eight are at most 20 dB below the recording's loud ones and nearer to them than to its
/// noise. In the aligned recordings that is where the first vowel begins; the breath of an h before it is not counted.
/// </param>
internal sealed record RecordedSentence(string Name, short[] Samples, int Onset)
{
    private const int Block = AudioMath.SpeechRate / 100, Sustained = 8, Enough = 7;
    private const double Range = 20;
    private const int Before = AudioMath.SpeechRate / 10, Longest = 3 * AudioMath.SpeechRate;

    /// <summary>The sentences that <c>transcripts.tsv</c> in <paramref name="folder"/> names.</summary>
    public static IReadOnlyList<RecordedSentence> ReadAll(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "transcripts.tsv")).Select(line => Read(Path.Combine(folder, line.Split('\t')[0])))];

    private static RecordedSentence Read(string file)
    {
        var wav = WavReader.Read(file);
        var samples = wav.SampleRate == AudioMath.SpeechRate ? wav.Samples : Resampler.Convert(wav.Samples, wav.SampleRate, AudioMath.SpeechRate);
        return Of(Path.GetFileNameWithoutExtension(file), samples) ?? throw new InvalidDataException($"{file} holds no speech.");
    }

    /// <summary>A recording at 16 kHz; null if it holds no speech.</summary>
    public static RecordedSentence? Of(string name, short[] samples)
    {
        if (FindOnset(samples) is not { } onset) { return null; }
        var begin = Math.Max(0, onset - Before);
        return new(name, samples[begin..Math.Min(samples.Length, begin + Longest)], onset - begin);
    }

    private static int? FindOnset(short[] samples)
    {
        var levels = samples.Chunk(Block).Select(block => 10 * Math.Log10(block.Average(s => (double)s * s) + 1e-3)).ToArray();
        var sorted = levels.Order().ToArray();
        var (noise, loud) = (sorted[(int)(0.05 * (sorted.Length - 1))], sorted[(int)(0.95 * (sorted.Length - 1))]);
        var speech = Math.Max(loud - Range, (noise + loud) / 2);
        for (var i = 0; i + Sustained <= levels.Length; i++)
        {
            if (levels[i] >= speech && levels.AsSpan(i, Sustained).ToArray().Count(level => level >= speech) >= Enough) { return i * Block; }
        }
        return null;
    }
}
