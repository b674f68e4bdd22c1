using Parley.Alignment;
using Parley.Audio;
using Parley.Turns.Endpointing;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>Level and pitch of a recording, frame by frame.</summary>
/// <remarks>Immutable.</remarks>
public sealed class SpeechTrack
{
    private const int FrameSamples = AudioMath.SpeechRate / PhoneAlignment.FrameRate, WindowSamples = 400;
    private const double FullScale = 32768.0 * 32768.0;

    private SpeechTrack(float[] levels, float[] pitches) => (Levels, Pitches) = (levels, pitches);

    /// <summary>dB of full scale for each frame; −100 for silence.</summary>
    public IReadOnlyList<float> Levels { get; }

    /// <summary>Semitones above 100 Hz for each frame; NaN where nothing is voiced.</summary>
    public IReadOnlyList<float> Pitches { get; }

    /// <summary>Follows a recording, 16 kHz mono.</summary>
    public static SpeechTrack Of(ReadOnlySpan<short> samples)
    {
        var levels = new float[samples.Length / FrameSamples];
        for (var frame = 0; frame < levels.Length; frame++)
        {
            var window = samples.Slice(frame * FrameSamples, Math.Min(WindowSamples, samples.Length - (frame * FrameSamples)));
            var energy = 0.0;
            foreach (var sample in window) { energy += (double)sample * sample; }
            levels[frame] = (float)(10 * Math.Log10(Math.Max(1e-10, energy / window.Length / FullScale)));
        }
        var pitches = new float[levels.Length];
        Array.Fill(pitches, float.NaN);
        var estimator = new PitchEstimator();
        for (var at = 0; at + PitchEstimator.Samples <= samples.Length; at += PitchEstimator.Samples)
        {
            // It looks back on 64 ms, so what it tells is of the window's begin.
            var hertz = estimator.Measure(samples.Slice(at, PitchEstimator.Samples)).Pitch;
            if (hertz <= 0) { continue; }
            for (var frame = Math.Max(0, (at - (PitchEstimator.Samples / 2)) / FrameSamples); frame < Math.Min(pitches.Length, (at + (PitchEstimator.Samples / 2)) / FrameSamples); frame++)
            {
                pitches[frame] = (float)(12 * Math.Log2(hertz / 100));
            }
        }
        return new(levels, pitches);
    }
}
