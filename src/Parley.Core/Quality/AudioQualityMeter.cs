using Parley.Audio;

namespace Parley.Quality;

/// <summary>Measures how a microphone sounds while somebody speaks into it, and keeps none of what they say.</summary>
/// <remarks>Levels are counted by the decibel, in frames of 20 ms. Not thread-safe.</remarks>
public sealed class AudioQualityMeter
{
    private const int Clipped = 32_700, FrameSamples = AudioMath.SpeechRate / 50, FewestFrames = 10, Softest = -100;

    private const double FullScale = 32_768;

    private readonly int[] _levels = new int[1 - Softest];
    private double _energy;
    private long _samples, _clipped;
    private int _inFrame, _frames;

    /// <summary>How it sounded so far; null: that was shorter than 0.2 s.</summary>
    public AudioQuality? Quality => _frames < FewestFrames ? null : new AudioQuality((double)_clipped / _samples, LevelOf(_frames / 10), LevelOf(_frames * 9 / 10));

    /// <summary>Takes 16 kHz audio of any length.</summary>
    public void Hear(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            if (sample is > Clipped or < -Clipped) { _clipped++; }
            _energy += (double)sample * sample;
            if (++_inFrame == FrameSamples) { EndFrame(); }
        }
        _samples += samples.Length;
    }

    private void EndFrame()
    {
        var level = 10 * Math.Log10(_energy / _inFrame / (FullScale * FullScale));
        _levels[(int)Math.Round(Math.Clamp(level, Softest, 0)) - Softest]++;
        (_energy, _inFrame) = (0, 0);
        _frames++;
    }

    /// <summary>The level of the frame that has <paramref name="softer"/> softer ones.</summary>
    private double LevelOf(int softer)
    {
        var level = 0;
        while (softer >= _levels[level]) { softer -= _levels[level++]; }
        return level + Softest;
    }
}
