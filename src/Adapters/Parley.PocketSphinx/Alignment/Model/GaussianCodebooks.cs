using System.Numerics;
using System.Runtime.InteropServices;

namespace Parley.PocketSphinx.Alignment.Model;

/// <summary>The Gaussians of a phonetically tied model: for each phone and each stream of features one codebook, shared by all states of that phone.</summary>
/// <remarks>Immutable. Kept dimension by dimension, so that one instruction serves several Gaussians.</remarks>
internal sealed class GaussianCodebooks
{
    private const int ByteOrder = 0x11223344;
    private const float VarianceFloor = 0.0001f; // as the library has it

    private readonly float[] _means, _precisions, _constants;

    private GaussianCodebooks(int codebooks, int streams, int size, float[] means, float[] variances)
    {
        (Codebooks, Streams, Size) = (codebooks, streams, size);
        (_means, _precisions, _constants) = (new float[means.Length], new float[means.Length], new float[means.Length / DynamicFeatures.StreamSize]);
        for (var at = 0; at < means.Length; at++)
        {
            var (gaussian, dimension) = (at / DynamicFeatures.StreamSize, at % DynamicFeatures.StreamSize);
            var (codebook, place) = (gaussian / size, gaussian % size);
            var turned = (((codebook * DynamicFeatures.StreamSize) + dimension) * size) + place;
            var variance = Math.Max(variances[at], VarianceFloor);
            (_means[turned], _precisions[turned]) = (means[at], 0.5f / variance);
            _constants[gaussian] -= 0.5f * MathF.Log(2 * MathF.PI * variance);
        }
    }

    /// <summary>How many phones have a codebook for each stream.</summary>
    public int Codebooks { get; }

    /// <summary>Streams of features.</summary>
    public int Streams { get; }

    /// <summary>Gaussians in a codebook; a multiple of the SIMD width.</summary>
    public int Size { get; }

    /// <summary>Reads the files <c>means</c> and <c>variances</c>.</summary>
    public static GaussianCodebooks Read(string means, string variances)
    {
        var (codebooks, streams, size, centres) = ReadFile(means);
        var (_, _, _, spreads) = ReadFile(variances);
        return centres.Length == spreads.Length ? new(codebooks, streams, size, centres, spreads) : throw new SphinxFile(variances).Damaged();
    }

    /// <summary>The log densities of one stream of a frame under each Gaussian of a codebook.</summary>
    /// <param name="codebook">The phone.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="features">Its features.</param>
    /// <param name="densities">Room for <see cref="Size"/> values.</param>
    /// <returns>The largest of them.</returns>
    public float Evaluate(int codebook, int stream, ReadOnlySpan<float> features, Span<float> densities)
    {
        var first = (codebook * Streams) + stream;
        var sums = MemoryMarshal.Cast<float, Vector<float>>(densities[..Size]);
        MemoryMarshal.Cast<float, Vector<float>>(_constants.AsSpan(first * Size, Size)).CopyTo(sums);
        for (var dimension = 0; dimension < DynamicFeatures.StreamSize; dimension++)
        {
            var at = ((first * DynamicFeatures.StreamSize) + dimension) * Size;
            var means = MemoryMarshal.Cast<float, Vector<float>>(_means.AsSpan(at, Size));
            var precisions = MemoryMarshal.Cast<float, Vector<float>>(_precisions.AsSpan(at, Size));
            var value = new Vector<float>(features[dimension]);
            for (var i = 0; i < sums.Length; i++)
            {
                var difference = value - means[i];
                sums[i] -= difference * difference * precisions[i];
            }
        }
        var best = sums[0];
        for (var i = 1; i < sums.Length; i++) { best = Vector.Max(best, sums[i]); }
        var largest = best[0];
        for (var i = 1; i < Vector<float>.Count; i++) { largest = Math.Max(largest, best[i]); }
        return largest;
    }

    /// <summary>Sums up how far features are from the Gaussians of a codebook that they are of, each dimension by its precision.</summary>
    /// <param name="codebook">The phone.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="features">Its features.</param>
    /// <param name="shares">How far they are of each Gaussian; what is hardly any is left out.</param>
    /// <param name="differences">For each dimension, what is added to.</param>
    /// <param name="precisions">Likewise, the precisions themselves.</param>
    public void AddDifferences(int codebook, int stream, ReadOnlySpan<float> features, ReadOnlySpan<float> shares, Span<double> differences, Span<double> precisions)
    {
        const float Negligible = 0.01f;
        for (var gaussian = 0; gaussian < Size; gaussian++)
        {
            if (shares[gaussian] < Negligible) { continue; }
            for (var dimension = 0; dimension < DynamicFeatures.StreamSize; dimension++)
            {
                var at = (((((codebook * Streams) + stream) * DynamicFeatures.StreamSize) + dimension) * Size) + gaussian;
                differences[dimension] += shares[gaussian] * _precisions[at] * (features[dimension] - _means[at]);
                precisions[dimension] += shares[gaussian] * _precisions[at];
            }
        }
    }

    private static (int Codebooks, int Streams, int Size, float[] Values) ReadFile(string path)
    {
        var file = new SphinxFile(path);
        while (file.ReadTo((byte)'\n').Trim() != "endhdr") { }
        if (file.ReadInt32() != ByteOrder) { throw file.Damaged(); }
        var (codebooks, streams, size) = (file.ReadInt32(), file.ReadInt32(), file.ReadInt32());
        if (codebooks is < 1 or > 1000 || streams != DynamicFeatures.Streams || size is < 1 or > 10_000 || size % Vector<float>.Count != 0) { throw file.Damaged(); }
        for (var stream = 0; stream < streams; stream++)
        {
            if (file.ReadInt32() != DynamicFeatures.StreamSize) { throw file.Damaged(); }
        }
        var count = file.ReadInt32();
        return count == codebooks * streams * size * DynamicFeatures.StreamSize ? (codebooks, streams, size, file.ReadSingles(count)) : throw file.Damaged();
    }
}
