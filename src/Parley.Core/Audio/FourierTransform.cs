using System.Numerics;

namespace Parley.Audio;

/// <summary>A Fourier transform of real samples (Cooley and Tukey, 1965, radix 2).</summary>
/// <remarks>Not thread-safe. Transforming allocates nothing.</remarks>
public sealed class FourierTransform
{
    private readonly float[] _re, _im, _cos, _sin;
    private readonly int _shift;

    /// <param name="size">Samples a window: a power of two, at least 2.</param>
    public FourierTransform(int size)
    {
        if (size < 2 || !BitOperations.IsPow2(size)) { throw new ArgumentOutOfRangeException(nameof(size), size, "A window has a power of two samples."); }
        (Size, _shift, _re, _im) = (size, 32 - BitOperations.Log2((uint)size), new float[size], new float[size]);
        _cos = [.. Enumerable.Range(0, size).Select(i => (float)Math.Cos(2 * Math.PI * i / size))];
        _sin = [.. Enumerable.Range(0, size).Select(i => (float)-Math.Sin(2 * Math.PI * i / size))];
    }

    /// <summary>Samples a window.</summary>
    public int Size { get; }

    /// <summary>Transforms a window of at most <see cref="Size"/> samples; what it lacks is silence.</summary>
    public void Run(ReadOnlySpan<float> window)
    {
        for (var i = 0; i < Size; i++) { _re[ReverseBits((uint)i) >> _shift] = i < window.Length ? window[i] : 0; }
        Array.Clear(_im);
        for (var size = 2; size <= Size; size *= 2)
        {
            var (half, step) = (size / 2, Size / size);
            for (var start = 0; start < Size; start += size)
            {
                for (var k = 0; k < half; k++)
                {
                    var (c, s) = (_cos[k * step], _sin[k * step]);
                    var (a, b) = (start + k, start + k + half);
                    var (re, im) = (_re[b] * c - _im[b] * s, _re[b] * s + _im[b] * c);
                    (_re[b], _im[b]) = (_re[a] - re, _im[a] - im);
                    (_re[a], _im[a]) = (_re[a] + re, _im[a] + im);
                }
            }
        }
    }

    /// <summary>The power of a bin of the window that was transformed last; bins lie the sample rate divided by <see cref="Size"/> apart.</summary>
    public float Power(int bin) => _re[bin] * _re[bin] + _im[bin] * _im[bin];

    private static uint ReverseBits(uint value)
    {
        value = (value >> 1 & 0x55555555) | (value & 0x55555555) << 1;
        value = (value >> 2 & 0x33333333) | (value & 0x33333333) << 2;
        value = (value >> 4 & 0x0F0F0F0F) | (value & 0x0F0F0F0F) << 4;
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }
}
