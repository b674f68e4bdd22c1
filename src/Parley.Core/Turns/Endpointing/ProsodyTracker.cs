namespace Parley.Turns.Endpointing;

/// <summary>Follows pitch and level of one speaker and sums up how an utterance ended as soon as it falls silent.</summary>
/// <remarks>
/// Causal. Used by the session's loop alone. Audio in pieces of any length; nothing is allocated. The mean forgets slowly, so that it is the
/// speaker's and not the last word's, and yet follows who moves away from the microphone.
/// </remarks>
public sealed class ProsodyTracker
{
    // Two thirds of a second are looked back on; the mean level rests on the last ten seconds of speech.
    private const int History = 20, Memory = 312;

    private const int SlopeWindows = 16, SlopePitches = 4, LevelFrom = 8, LevelTo = 3;
    private const double WindowSeconds = PitchEstimator.Samples / 16_000.0;

    private readonly PitchEstimator _pitch = new();
    private readonly short[] _window = new short[PitchEstimator.Samples];

    // Newest last; no pitch is NaN, as is the level of silence.
    private readonly double[] _pitches = new double[History];
    private readonly double[] _levels = new double[History];
    private int _pending;
    private double _meanLevel;
    private int _spoken;
    private bool _wasSpeech;

    public ProsodyTracker() => Forget();

    /// <summary>How the last speech ended; null before any has.</summary>
    public ProsodySignals? Signals { get; private set; }

    /// <summary>Takes the next audio, 16 kHz.</summary>
    /// <param name="samples">Any number.</param>
    /// <param name="isSpeech">What the voice activity detector says of it.</param>
    public void Push(ReadOnlySpan<short> samples, bool isSpeech)
    {
        if (!isSpeech && _wasSpeech) { Signals = SumUp(); }
        _wasSpeech = isSpeech;
        while (samples.Length > 0)
        {
            var taken = Math.Min(samples.Length, _window.Length - _pending);
            samples[..taken].CopyTo(_window.AsSpan(_pending));
            samples = samples[taken..];
            _pending += taken;
            if (_pending < _window.Length) { return; }
            _pending = 0;
            Add(isSpeech);
        }
    }

    /// <summary>A new utterance: what was said before has no part in how it ends. The mean level stays.</summary>
    public void Forget()
    {
        Array.Fill(_pitches, double.NaN);
        Array.Fill(_levels, double.NaN);
        Signals = null;
    }

    private void Add(bool isSpeech)
    {
        var (hertz, level) = _pitch.Measure(_window);
        var pitch = hertz > 0 && isSpeech ? 12 * Math.Log2(hertz / 100) : double.NaN;
        _pitches.AsSpan(1).CopyTo(_pitches);
        _levels.AsSpan(1).CopyTo(_levels);
        (_pitches[^1], _levels[^1]) = (pitch, isSpeech ? level : double.NaN);
        if (!isSpeech) { return; }
        _meanLevel += (level - _meanLevel) / Math.Min(++_spoken, Memory);
    }

    private ProsodySignals SumUp() => new(PitchSlope(), Voicing(), Math.Clamp(Level(), -20, 10));

    // Least squares over the windows that have a pitch.
    private double PitchSlope()
    {
        double count = 0, t = 0, tt = 0, p = 0, tp = 0;
        for (var i = History - SlopeWindows; i < History; i++)
        {
            if (double.IsNaN(_pitches[i])) { continue; }
            var seconds = i * WindowSeconds;
            (count, t, tt, p, tp) = (count + 1, t + seconds, tt + (seconds * seconds), p + _pitches[i], tp + (seconds * _pitches[i]));
        }
        return count < SlopePitches ? 0 : Math.Clamp(((count * tp) - (t * p)) / ((count * tt) - (t * t)), -20, 20);
    }

    // One window without pitch may be a voiced stop; two end the stretch.
    private double Voicing()
    {
        var (count, gap) = (0, 0);
        for (var i = History - 1; i >= 0; i--)
        {
            if (!double.IsNaN(_pitches[i])) { (count, gap) = (count + 1, 0); }
            else if (count > 0 && ++gap == 2) { break; }
        }
        return count * WindowSeconds;
    }

    // The last 100 ms are left out: how fast the very end dies away says more of the room, and of who cut a recording, than of the speaker.
    private double Level()
    {
        var (sum, count) = (0.0, 0);
        for (var i = History - LevelFrom; i < History - LevelTo; i++)
        {
            if (!double.IsNaN(_levels[i])) { (sum, count) = (sum + _levels[i] - _meanLevel, count + 1); }
        }
        return count == 0 ? 0 : sum / count;
    }
}
