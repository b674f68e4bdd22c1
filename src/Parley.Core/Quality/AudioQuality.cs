using Parley.Audio;

namespace Parley.Quality;

/// <summary>How a microphone sounds, by one utterance.</summary>
/// <param name="Clipping">The share of samples at the end of the scale.</param>
/// <param name="NoiseDb">The level of the softest tenth: the room; dB below full scale.</param>
/// <param name="LevelDb">The level of the loudest tenth: the voice; dB below full scale.</param>
public readonly record struct AudioQuality(double Clipping, double NoiseDb, double LevelDb)
{
    private const int Clipped = 32_700, FrameSamples = AudioMath.SpeechRate / 50, FewestFrames = 10;

    private const double FullScale = 32_768, Floor = 1e-10;

    /// <summary>Measures an utterance, 16 kHz mono.</summary>
    /// <returns>Null: it is shorter than 0.2 s.</returns>
    public static AudioQuality? Of(IReadOnlyList<AudioFrame> utterance)
    {
        ArgumentNullException.ThrowIfNull(utterance);
        var (levels, clipped, all) = (new List<double>(), 0L, 0L);
        var (energy, count) = (0.0, 0);
        foreach (var frame in utterance)
        {
            foreach (var sample in frame.Samples.Span)
            {
                if (sample is > Clipped or < -Clipped) { clipped++; }
                energy += (double)sample * sample;
                all++;
                if (++count < FrameSamples) { continue; }
                levels.Add(10 * Math.Log10(Math.Max(Floor, energy / count / (FullScale * FullScale))));
                (energy, count) = (0, 0);
            }
        }
        if (levels.Count < FewestFrames) { return null; }
        levels.Sort();
        return new AudioQuality((double)clipped / all, levels[levels.Count / 10], levels[levels.Count * 9 / 10]);
    }
}
