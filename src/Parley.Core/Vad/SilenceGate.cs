using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Parley.Time;

namespace Parley.Vad;

/// <summary>
/// Spares a costly detector the windows that are plainly silent: as quiet as the quietest of the last seconds, and the detector has heard nothing in those
/// before. When sound comes, the detector hears up to four of the windows that it was spared, too, so that it knows how the sound began.
/// </summary>
/// <remarks>
/// Levels are those of whole windows, in dB of full scale. The quietest window of the last four seconds is the floor: R. Martin, "Noise power spectral
/// density estimation based on optimal smoothing and minimum statistics", 2001, without its smoothing. One caller at a time, as of any stream; a spared
/// window allocates nothing.
/// </remarks>
/// <param name="inner">The detector's stream; disposed with this.</param>
/// <param name="windowSamples">Samples a window: the detector's <see cref="IVoiceActivityDetector.WindowSamples"/>.</param>
public sealed class SilenceGate(IVoiceActivityStream inner, int windowSamples) : IVoiceActivityStream, IValueTaskSource<float>
{
    // Quieter than any microphone's own noise; and a room as loud as soft speech is never taken for silent.
    private const float AlwaysSilentDb = -80, NeverSilentDb = -55;

    // So much above its quietest window noise that stays the same comes to; speech that stands out no more than this no detector hears either.
    private const float MarginDb = 3;

    // A detector that is so sure has heard nothing; and it must have been for so many windows, a third of a second.
    private const float Nothing = 0.1f;
    private const int QuietWindows = 10;

    // Eight blocks of 16 windows of 32 ms.
    private const int BlockWindows = 16, Blocks = 8;

    private readonly float[] _minima = [.. Enumerable.Repeat(float.MaxValue, Blocks)];
    // An eighth of a second, in turn.
    private readonly short[][] _before = [.. Enumerable.Range(0, 4).Select(_ => new short[windowSamples])];
    private readonly Signal _answered = new();
    private Action? _set;
    private ValueTaskAwaiter<float> _answer;
    private float _probability;
    private int _windows, _quiet, _missed;
    private bool _isDisposed;

    /// <summary>Windows that the detector was spared.</summary>
    public long Spared { get; private set; }

    public ValueTask<float> DetectAsync(ReadOnlyMemory<short> window, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (window.Length != windowSamples) { throw new ArgumentException($"A window has {windowSamples} samples, not {window.Length}.", nameof(window)); }
        if (cancellationToken.IsCancellationRequested) { return ValueTask.FromCanceled<float>(cancellationToken); }
        var isSilent = IsSilent(LevelDb(window.Span));
        _quiet = isSilent ? _quiet + 1 : 0;
        if (_quiet > QuietWindows)
        {
            window.CopyTo(_before[_missed++ % _before.Length]);
            Spared++;
            return ValueTask.FromResult(_probability);
        }
        if (_missed > 0) { return OpenAsync(window, cancellationToken); }
        var answer = inner.DetectAsync(window, cancellationToken);
        return answer.IsCompletedSuccessfully ? ValueTask.FromResult(Heard(answer.Result)) : HearAsync(answer);
    }

    public void Dispose()
    {
        _isDisposed = true;
        inner.Dispose();
    }

    /// <summary>
    /// The level of the differences between neighbouring samples in dB of full scale; −120 for none. Rumble and hum, of which a window holds now more and now
    /// less, are hardly in it, so that the level of a room stays the same to half a decibel.
    /// </summary>
    internal static float LevelDb(ReadOnlySpan<short> window)
    {
        if (window.Length < 2) { return -120; }
        var (sums, i) = (Vector<float>.Zero, 0);
        for (; i + Vector<short>.Count < window.Length; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(window[i..]), out var low, out var high);
            Vector.Widen(new Vector<short>(window[(i + 1)..]), out var nextLow, out var nextHigh);
            var (left, right) = (Vector.ConvertToSingle(nextLow - low), Vector.ConvertToSingle(nextHigh - high));
            sums += (left * left) + (right * right);
        }
        var sum = (double)Vector.Sum(sums);
        for (; i + 1 < window.Length; i++) { sum += Math.Pow(window[i + 1] - window[i], 2); }
        return (float)Math.Max(-120, 10 * Math.Log10(sum / (window.Length - 1) / (32768.0 * 32768.0) + 1e-12));
    }

    /// <summary>One a window of everybody who speaks: nothing is left to collect.</summary>
    private ValueTask<float> HearAsync(ValueTask<float> answer)
    {
        _answered.Reset();
        _answer = answer.GetAwaiter();
        _answer.UnsafeOnCompleted(_set ??= _answered.Set);
        return new ValueTask<float>(this, _answered.Version);
    }

    float IValueTaskSource<float>.GetResult(short token)
    {
        _answered.GetResult(token);
        return Heard(_answer.GetResult());
    }

    ValueTaskSourceStatus IValueTaskSource<float>.GetStatus(short token) => _answered.GetStatus(token);

    void IValueTaskSource<float>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answered.OnCompleted(continuation, state, token, flags);

    private async ValueTask<float> OpenAsync(ReadOnlyMemory<short> window, CancellationToken cancellationToken)
    {
        var missed = _missed;
        _missed = 0;
        // What it heard before it was spared anything it need not hear again.
        for (var i = Math.Max(0, missed - _before.Length); i < missed; i++) { await inner.DetectAsync(_before[i % _before.Length], cancellationToken); }
        return Heard(await inner.DetectAsync(window, cancellationToken));
    }

    private float Heard(float probability)
    {
        if (probability >= Nothing) { _quiet = 0; }
        return _probability = probability;
    }

    private bool IsSilent(float level)
    {
        ref var minimum = ref _minima[_windows / BlockWindows % Blocks];
        minimum = _windows++ % BlockWindows == 0 ? level : Math.Min(minimum, level);
        var floor = float.MaxValue;
        foreach (var block in _minima) { floor = Math.Min(floor, block); }
        return level < AlwaysSilentDb || (level < NeverSilentDb && level < floor + MarginDb);
    }
}
