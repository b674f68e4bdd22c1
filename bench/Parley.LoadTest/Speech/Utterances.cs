using Parley.Audio;

namespace Parley.LoadTest.Speech;

/// <summary>What people say, as frames of 20 ms: stretches of recorded speech without a pause that would end a turn.</summary>
internal sealed class Utterances
{
    public const int FrameSamples = AudioMath.SpeechRate / 50, FrameBytes = 2 * FrameSamples;

    private const int MinFrames = 40, MaxFrames = 150;

    // A pause of so many frames ends a stretch; what is so much below the recording's loud frames is quiet.
    private const int LongestPause = 8;
    private const double Range = 25;

    private readonly IReadOnlyList<byte[][]> _all;

    private Utterances(IReadOnlyList<byte[][]> all) => _all = all;

    /// <summary>A frame of silence.</summary>
    public static byte[] Silence { get; } = new byte[FrameBytes];

    public int Count => _all.Count;

    /// <summary>One of them, whole and ending with speech.</summary>
    public byte[][] Pick(Random random) => _all[random.Next(_all.Count)];

    /// <summary>A tone of a second and a half.</summary>
    public static Utterances Tone()
    {
        var frames = new byte[75][];
        for (var frame = 0; frame < frames.Length; frame++)
        {
            var samples = new short[FrameSamples];
            for (var i = 0; i < samples.Length; i++) { samples[i] = (short)(8_000 * Math.Sin(2 * Math.PI * 220 * ((frame * FrameSamples) + i) / AudioMath.SpeechRate)); }
            frames[frame] = Pcm16.ToBytes(samples);
        }
        return new([frames]);
    }

    /// <summary>Reads the WAV files of a folder.</summary>
    /// <exception cref="InvalidDataException">There is no speech in it.</exception>
    public static Utterances Read(string folder)
    {
        var all = new List<byte[][]>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.wav").Order(StringComparer.Ordinal))
        {
            var wav = WavReader.Read(file);
            all.AddRange(Cut(wav.SampleRate == AudioMath.SpeechRate ? wav.Samples : Resampler.Convert(wav.Samples, wav.SampleRate, AudioMath.SpeechRate)));
        }
        return all.Count > 0 ? new(all) : throw new InvalidDataException($"{folder} holds no WAV file with speech.");
    }

    /// <summary>The stretches of a recording.</summary>
    internal static IEnumerable<byte[][]> Cut(short[] samples)
    {
        short[][] frames = [.. samples.Chunk(FrameSamples).Where(frame => frame.Length == FrameSamples)];
        if (frames.Length == 0) { yield break; }
        double[] levels = [.. frames.Select(frame => 10 * Math.Log10(frame.Average(s => (double)s * s) + 1))];
        var quiet = levels.Order().ElementAt((int)(0.95 * (levels.Length - 1))) - Range;
        var (first, last) = (-1, -1);
        for (var i = 0; i <= frames.Length; i++)
        {
            if (i < frames.Length && levels[i] >= quiet)
            {
                if (first < 0) { first = i; }
                last = i;
            }
            var isOver = first >= 0 && (i == frames.Length || i - last >= LongestPause || last - first + 1 >= MaxFrames);
            if (!isOver) { continue; }
            if (last - first + 1 >= MinFrames) { yield return [.. frames[first..(last + 1)].Select(frame => Pcm16.ToBytes(frame))]; }
            (first, last) = (-1, -1);
        }
    }
}
