using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Parley.Learning.Memory;

/// <summary>Vectors of half bytes: each part is a seventh of the largest one, so that a search reads as little memory as may be. A byte holds two parts, half a block apart.</summary>
internal static class NibbleVector
{
    /// <summary>Parts of a block, and the bytes that they take.</summary>
    private const int Parts = 64, Bytes = Parts / 2;

    /// <summary>The largest part, and what is added to each, so that none is below 0.</summary>
    private const int Largest = 7, Zero = 8;

    /// <summary>The bytes that a vector takes.</summary>
    public static int Stride(int dimensions) => (dimensions + Parts - 1) / Parts * Bytes;

    /// <summary>Writes the half bytes of a vector.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="nibbles">As long as a stride.</param>
    /// <returns>What one unit of them is worth.</returns>
    public static float Quantize(ReadOnlySpan<float> vector, Span<byte> nibbles)
    {
        var scale = Scale(vector, Largest);
        for (var i = 0; i < nibbles.Length; i++)
        {
            var low = i / Bytes * Parts + i % Bytes;
            nibbles[i] = (byte)(Part(vector, low, scale) + Zero | Part(vector, low + Bytes, scale) + Zero << 4);
        }
        return scale;
    }

    /// <summary>The whole bytes of a query.</summary>
    public static Query Widen(ReadOnlySpan<float> vector)
    {
        var (scale, bytes) = (Scale(vector, sbyte.MaxValue), new sbyte[2 * Stride(vector.Length)]);
        for (var i = 0; i < vector.Length; i++) { bytes[i] = (sbyte)Part(vector, i, scale); }
        return new(bytes, Zero * bytes.Sum(part => part));
    }

    /// <summary>The scalar product.</summary>
    /// <param name="nibbles">As long as a stride.</param>
    /// <param name="query">Of as many dimensions.</param>
    public static int Dot(ReadOnlySpan<byte> nibbles, Query query)
    {
        ref var n = ref MemoryMarshal.GetReference(nibbles);
        ref var q = ref MemoryMarshal.GetReference(query.Parts.AsSpan(0, 2 * nibbles.Length));
        if (Avx2.IsSupported)
        {
            var (sum, low) = (Vector256<int>.Zero, Vector256.Create((byte)0xF));
            for (nuint i = 0; i < (nuint)nibbles.Length; i += Bytes)
            {
                var both = Vector256.LoadUnsafe(ref n, i);
                // Four products of 15 and 127 at most, so a short holds them.
                var products = Avx2.MultiplyAddAdjacent(both & low, Vector256.LoadUnsafe(ref q, 2 * i))
                    + Avx2.MultiplyAddAdjacent((both.AsUInt16() >> 4).AsByte() & low, Vector256.LoadUnsafe(ref q, 2 * i + Bytes));
                sum += Avx2.MultiplyAddAdjacent(products, Vector256<short>.One);
            }
            return Vector256.Sum(sum) - query.Offset;
        }
        var total = 0;
        for (var i = 0; i < nibbles.Length; i++)
        {
            var low = i / Bytes * Parts + i % Bytes;
            total += (nibbles[i] & 0xF) * query.Parts[low] + (nibbles[i] >> 4) * query.Parts[low + Bytes];
        }
        return total - query.Offset;
    }

    private static int Part(ReadOnlySpan<float> vector, int index, float scale) => index < vector.Length ? (int)MathF.Round(vector[index] / scale) : 0;

    private static float Scale(ReadOnlySpan<float> vector, int largest) => Math.Max(MathF.Abs(vector[TensorPrimitives.IndexOfMaxMagnitude(vector)]), float.Epsilon) / largest;

    /// <summary>What is looked for.</summary>
    /// <param name="Parts">Its parts, each a 127th of the largest one.</param>
    /// <param name="Offset">What is too much in a product with half bytes, of which each is too large by the same.</param>
    public readonly record struct Query(sbyte[] Parts, int Offset);
}
