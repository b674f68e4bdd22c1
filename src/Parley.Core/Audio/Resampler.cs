using System.Numerics;

namespace Parley.Audio;

/// <summary>Changes the rate of audio that comes in pieces: a polyphase low-pass filter, the same output however the input is cut.</summary>
/// <remarks>
/// Flat (±0.01 dB) to 0.9 of the lower Nyquist frequency, images and aliases below −75 dB. Output sample <c>k</c> belongs to time
/// <c>k / ToRate</c> of the input: the filter's delay shows only as audio that is held back (<see cref="Latency"/>) until more input or
/// <see cref="Flush"/> comes. Not thread-safe. Processing allocates nothing.
/// </remarks>
public sealed class Resampler
{
    private const int BlockSamples = 1024;

    private readonly int _ratioFrom;
    private readonly int _ratioTo;
    private readonly ResamplerKernel? _kernel;
    private readonly float[] _window = [];
    private int _filled;
    private int _centre;
    private int _phase;
    private long _consumed;
    private long _produced;

    /// <param name="fromRate">Samples a second that come in, <see cref="AudioMath.MinRate"/> to <see cref="AudioMath.MaxRate"/>.</param>
    /// <param name="toRate">Samples a second that go out, in the same range. Equal rates pass through unchanged.</param>
    public Resampler(int fromRate, int toRate)
    {
        CheckRate(fromRate);
        CheckRate(toRate);
        (FromRate, ToRate) = (fromRate, toRate);
        var divisor = CommonDivisor(fromRate, toRate);
        (_ratioFrom, _ratioTo) = (fromRate / divisor, toRate / divisor);
        if (fromRate == toRate) { return; }
        _kernel = ResamplerKernel.Get(fromRate, toRate, _ratioTo);
        _window = new float[_kernel.Taps + BlockSamples];
        Reset();
    }

    public int FromRate { get; }

    public int ToRate { get; }

    /// <summary>The audio that is held back for the filter: 3.5 ms where the lower rate is 16 kHz, 7 ms where it is 8 kHz.</summary>
    public TimeSpan Latency => AudioMath.DurationOf(_kernel?.HalfLength ?? 0, FromRate);

    /// <summary>Room that is enough for a <see cref="Process"/> of so many samples and a <see cref="Flush"/> after it.</summary>
    public int MaxOutput(int inputLength) =>
        checked((int)(((long)inputLength + (_kernel?.HalfLength ?? 0)) * _ratioTo / _ratioFrom) + 2);

    /// <summary>Takes the next input and gives the output that is complete.</summary>
    /// <param name="input">Any length, also none.</param>
    /// <param name="output">At least <see cref="MaxOutput"/> of the input's length; must not overlap the input.</param>
    /// <returns>Samples written to <paramref name="output"/>.</returns>
    /// <exception cref="ArgumentException">The output is too short; nothing was taken.</exception>
    public int Process(ReadOnlySpan<short> input, Span<short> output)
    {
        if (output.Length < MaxOutput(input.Length)) { throw new ArgumentException("The output is shorter than MaxOutput.", nameof(output)); }
        _consumed += input.Length;
        if (_kernel is null)
        {
            input.CopyTo(output);
            return input.Length;
        }
        var written = 0;
        while (!input.IsEmpty)
        {
            var count = Math.Min(input.Length, _window.Length - _filled);
            for (var i = 0; i < count; i++) { _window[_filled + i] = input[i]; }
            _filled += count;
            input = input[count..];
            written += Produce(_kernel, output[written..], long.MaxValue);
        }
        return written;
    }

    /// <summary>Ends the stream: gives what is held back, so that the whole output is as long as the input, and starts anew.</summary>
    /// <param name="output">At least <see cref="MaxOutput"/> of 0.</param>
    /// <returns>Samples written. Over a stream of n samples, all calls together give n · ToRate / FromRate, rounded.</returns>
    public int Flush(Span<short> output)
    {
        if (output.Length < MaxOutput(0)) { throw new ArgumentException("The output is shorter than MaxOutput.", nameof(output)); }
        var written = 0;
        if (_kernel is not null)
        {
            var total = (2 * _consumed * _ratioTo + _ratioFrom) / (2 * _ratioFrom);
            while (_produced < total)
            {
                _window.AsSpan(_filled).Clear();
                _filled = _window.Length;
                written += Produce(_kernel, output[written..], total);
            }
        }
        Reset();
        return written;
    }

    /// <summary>Resamples a whole clip.</summary>
    public static short[] Convert(ReadOnlySpan<short> samples, int fromRate, int toRate)
    {
        var resampler = new Resampler(fromRate, toRate);
        var output = new short[resampler.MaxOutput(samples.Length)];
        var written = resampler.Process(samples, output);
        written += resampler.Flush(output.AsSpan(written));
        return output.AsSpan(0, written).ToArray();
    }

    private int Produce(ResamplerKernel kernel, Span<short> output, long total)
    {
        var written = 0;
        while (_centre + kernel.HalfLength < _filled && _produced < total)
        {
            output[written++] = Interpolate(kernel, _window.AsSpan(_centre - kernel.HalfLength + 1, kernel.Taps));
            _produced++;
            _phase += _ratioFrom;
            _centre += _phase / _ratioTo;
            _phase %= _ratioTo;
        }
        // The centre may lie beyond what has come; only what is there is moved.
        var used = Math.Min(_centre - kernel.HalfLength + 1, _filled);
        _window.AsSpan(used, _filled - used).CopyTo(_window);
        _filled -= used;
        _centre -= used;
        return written;
    }

    private short Interpolate(ResamplerKernel kernel, ReadOnlySpan<float> window)
    {
        var (phase, remainder) = Math.DivRem((long)_phase * kernel.Phases, _ratioTo);
        var value = Dot(kernel.Phase((int)phase), window);
        if (remainder != 0)
        {
            value += (Dot(kernel.Phase((int)phase + 1), window) - value) * remainder / _ratioTo;
        }
        return (short)Math.Clamp(MathF.Round(value), short.MinValue, short.MaxValue);
    }

    // Two sums at a time hide the latency of the additions. The length is a multiple of 16, so of two vectors: Vector is 256 bit wide at most.
    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var even = Vector<float>.Zero;
        var odd = Vector<float>.Zero;
        for (var i = 0; i + 2 * Vector<float>.Count <= left.Length; i += 2 * Vector<float>.Count)
        {
            even += new Vector<float>(left[i..]) * new Vector<float>(right[i..]);
            odd += new Vector<float>(left[(i + Vector<float>.Count)..]) * new Vector<float>(right[(i + Vector<float>.Count)..]);
        }
        return Vector.Sum(even + odd);
    }

    private void Reset()
    {
        // As if silence had come before the first sample, which stands at the centre.
        _window.AsSpan().Clear();
        _filled = _centre = _kernel is null ? 0 : _kernel.HalfLength - 1;
        _phase = 0;
        _consumed = _produced = 0;
    }

    private static int CommonDivisor(int a, int b) => b == 0 ? a : CommonDivisor(b, a % b);

    private static void CheckRate(int rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, AudioMath.MinRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, AudioMath.MaxRate);
    }
}
