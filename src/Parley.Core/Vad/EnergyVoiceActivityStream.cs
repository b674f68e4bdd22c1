namespace Parley.Vad;

/// <summary>The noise floor and the last probability of one microphone.</summary>
/// <remarks>
/// The floor is the least level of the last seconds, taken over short blocks: R. Martin, "Noise power spectral density estimation based on
/// optimal smoothing and minimum statistics", 2001, without its smoothing.
/// </remarks>
internal sealed class EnergyVoiceActivityStream : IVoiceActivityStream
{
    // A floor below the quietest usable microphone would make its own hiss look like speech.
    private const float LowestFloorDb = -65;

    // What speech must stand above the floor by to be as likely as not, and how steeply the odds change there.
    private const float MarginDb = 9, SlopeDb = 2.5f;

    // Between voiced speech, of which nine windows in ten measure less than 0.1, and pink noise, of which 99 in 100 measure more than 0.28.
    private const float NoiseFlatness = 0.25f, FlatnessSlope = 0.03f;

    // Eight blocks of 16 windows: a noise that comes and stays is taken for the floor after 4 s.
    private const int BlockWindows = 16, Blocks = 8;

    // Words end softer and hissier than they begin: the probability falls slowly, by this factor a window.
    private const float Release = 0.85f;

    private readonly BandSpectrum _spectrum = new();
    private readonly float[] _minima = new float[Blocks];
    private int _windows;
    private float _probability;
    private bool _disposed;

    public EnergyVoiceActivityStream() => Array.Fill(_minima, LowestFloorDb);

    public ValueTask<float> DetectAsync(ReadOnlyMemory<short> window, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (window.Length != BandSpectrum.Samples)
        {
            throw new ArgumentException($"A window has {BandSpectrum.Samples} samples, not {window.Length}.", nameof(window));
        }
        if (cancellationToken.IsCancellationRequested) { return ValueTask.FromCanceled<float>(cancellationToken); }
        return new ValueTask<float>(Detect(window.Span));
    }

    public void Dispose() => _disposed = true;

    private float Detect(ReadOnlySpan<short> window)
    {
        var (level, flatness) = _spectrum.Measure(window);
        var floor = Math.Max(LowestFloorDb, _minima.Min());
        Remember(level);
        var loud = Logistic((level - floor - MarginDb) / SlopeDb);
        var tonal = Logistic((NoiseFlatness - flatness) / FlatnessSlope);
        return _probability = Math.Max(loud * tonal, Math.Min(loud, _probability * Release));
    }

    private void Remember(float level)
    {
        ref var minimum = ref _minima[_windows / BlockWindows % Blocks];
        minimum = _windows % BlockWindows == 0 ? level : Math.Min(minimum, level);
        _windows++;
    }

    private static float Logistic(float x) => 1 / (1 + MathF.Exp(-x));
}
