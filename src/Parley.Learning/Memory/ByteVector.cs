using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Parley.Learning.Memory;

/// <summary>Vectors of signed bytes: each part is a 127th of the largest one. Their products are whole numbers, which processors take many of at once.</summary>
internal static class ByteVector
{
    private const int Step = 32;

    /// <summary>The bytes that a vector takes; those beyond its dimensions are 0.</summary>
    public static int Stride(int dimensions) => (dimensions + Step - 1) / Step * Step;

    /// <summary>Writes the bytes of a vector.</summary>
    /// <returns>What one unit of them is worth.</returns>
    public static float Quantize(ReadOnlySpan<float> vector, Span<sbyte> bytes)
    {
        var scale = Scale(vector);
        for (var i = 0; i < vector.Length; i++) { bytes[i] = (sbyte)MathF.Round(vector[i] / scale); }
        bytes[vector.Length..].Clear();
        return scale;
    }

    /// <summary>The bytes of a query, each in a word of its own, as <see cref="Dot"/> multiplies them.</summary>
    public static short[] Widen(ReadOnlySpan<float> vector)
    {
        var (scale, words) = (Scale(vector), new short[Stride(vector.Length)]);
        for (var i = 0; i < vector.Length; i++) { words[i] = (short)MathF.Round(vector[i] / scale); }
        return words;
    }

    /// <summary>The scalar product.</summary>
    /// <param name="bytes">As long as a stride.</param>
    /// <param name="query">As long.</param>
    public static int Dot(ReadOnlySpan<sbyte> bytes, ReadOnlySpan<short> query)
    {
        ref var b = ref MemoryMarshal.GetReference(bytes);
        ref var q = ref MemoryMarshal.GetReference(query[..bytes.Length]);
        if (Avx512BW.IsSupported)
        {
            var sum = Vector512<int>.Zero;
            for (nuint i = 0; i < (nuint)bytes.Length; i += Step)
            {
                sum += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref b, i)), Vector512.LoadUnsafe(ref q, i));
            }
            return Vector512.Sum(sum);
        }
        if (Avx2.IsSupported)
        {
            var (low, high) = (Vector256<int>.Zero, Vector256<int>.Zero);
            for (nuint i = 0; i < (nuint)bytes.Length; i += Step)
            {
                low += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref b, i)), Vector256.LoadUnsafe(ref q, i));
                high += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref b, i + 16)), Vector256.LoadUnsafe(ref q, i + 16));
            }
            return Vector256.Sum(low + high);
        }
        var total = 0;
        for (var i = 0; i < bytes.Length; i++) { total += bytes[i] * query[i]; }
        return total;
    }

    private static float Scale(ReadOnlySpan<float> vector) => Math.Max(MathF.Abs(vector[TensorPrimitives.IndexOfMaxMagnitude(vector)]), float.Epsilon) / sbyte.MaxValue;
}
