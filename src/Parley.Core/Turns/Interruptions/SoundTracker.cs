using System.Runtime.InteropServices;
using Parley.Audio;
using Parley.Turns.Endpointing;
using Parley.Vad;

namespace Parley.Turns.Interruptions;

/// <summary>Measures the shape of one sound, from its first sample on.</summary>
/// <remarks>Not thread-safe. Made for a sound that holds a reply; most conversations need none. A window takes some 30 µs and allocates nothing.</remarks>
public sealed class SoundTracker
{
    private const int WindowSamples = 512, MaxWindows = 256;

    /// <summary>What is that much quieter than the loudest window is the end of a word or the room.</summary>
    private const float Range = 25, Silence = -90;

    // Roughly as the ear divides them.
    private static readonly int[] s_bands = [100, 250, 400, 600, 900, 1_300, 1_900, 2_800, 4_200, 7_900];

    // Nothing of it outlives a window: a thread's sessions share one.
    [ThreadStatic]
    private static BandSpectrum? t_spectrum;

    private readonly FrameAssembler _frames = new(WindowSamples);
    private readonly List<Window> _windows = [];
    private readonly float[] _before = new float[s_bands.Length - 1], _now = new float[s_bands.Length - 1];
    private readonly PitchEstimator _pitch = new();

    /// <summary>Takes 16 kHz audio of any length.</summary>
    public void Write(ReadOnlyMemory<short> samples)
    {
        while (_frames.TryTake(ref samples, out var window))
        {
            // Eight seconds on, what a sound was like at first says nothing any more.
            if (_windows.Count == MaxWindows) { _windows.Clear(); }
            _windows.Add(Measure(window.Span));
        }
    }

    /// <summary>The shape so far.</summary>
    public SoundShape Shape
    {
        get
        {
            var windows = CollectionsMarshal.AsSpan(_windows);
            // Digital silence, such as a session has that is replayed without its audio, has no form.
            var loudest = Silence + Range;
            foreach (var w in windows) { loudest = Math.Max(loudest, w.LevelDb); }
            var (loud, voiced, run, longest, moved) = (0, 0, 0, 0, 0);
            double flatness = 0, low = 0, total = 0, movement = 0;
            for (var i = 0; i < windows.Length; i++)
            {
                ref var w = ref windows[i];
                if (w.LevelDb <= loudest - Range)
                {
                    run = 0;
                    continue;
                }
                loud++;
                run = w.IsVoiced ? run + 1 : 0;
                voiced += w.IsVoiced ? 1 : 0;
                longest = Math.Max(longest, run);
                (flatness, low, total) = (flatness + w.Flatness, low + w.Low, total + w.Power);
                if (i > 0 && windows[i - 1].LevelDb > loudest - Range) { (movement, moved) = (movement + w.Movement, moved + 1); }
            }
            return loud == 0 ? default : new SoundShape(
                loud, loudest, (float)voiced / loud, longest, (float)(flatness / loud), (float)(low / total), moved == 0 ? 0 : (float)(movement / moved));
        }
    }

    private Window Measure(ReadOnlySpan<short> samples)
    {
        var (pitch, level) = _pitch.Measure(samples);
        var spectrum = t_spectrum ??= new BandSpectrum();
        var flatness = spectrum.Measure(samples).Flatness;
        var (loudest, mean) = (float.NegativeInfinity, 0f);
        for (var band = 0; band < _now.Length; band++)
        {
            _now[band] = 10 * MathF.Log10(spectrum.Power(s_bands[band], s_bands[band + 1]));
            loudest = Math.Max(loudest, _now[band]);
        }
        // Bands far below the loudest hold the room, which moves of itself; the level is no part of the form.
        for (var band = 0; band < _now.Length; band++) { mean += (_now[band] = Math.Max(_now[band], loudest - 40)) / _now.Length; }
        var movement = 0f;
        for (var band = 0; band < _now.Length; band++)
        {
            _now[band] -= mean;
            movement += Math.Abs(_now[band] - _before[band]) / _now.Length;
        }
        _now.CopyTo(_before, 0);
        return new Window(level, pitch > 0, flatness, spectrum.Power(60, 600), spectrum.Power(60, 8_000), movement);
    }

    private readonly record struct Window(float LevelDb, bool IsVoiced, float Flatness, float Low, float Power, float Movement);
}
