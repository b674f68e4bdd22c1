using System.Runtime.InteropServices;

namespace Parley.SherpaOnnx.Asr;

/// <summary>The samples of an utterance, as the library takes them: floats of ±1. Not thread-safe.</summary>
/// <param name="capacity">Samples that are kept; what comes after them is dropped.</param>
internal sealed class UtteranceAudio(int capacity)
{
    private const float FullScale = 32_768f;

    private readonly List<float> _samples = [];
    private int _total;

    /// <summary>Samples that were not taken yet.</summary>
    public int Count => _samples.Count;

    public void Append(ReadOnlySpan<short> samples)
    {
        var added = samples[..Math.Min(samples.Length, capacity - _total)];
        var begin = _samples.Count;
        CollectionsMarshal.SetCount(_samples, begin + added.Length);
        var floats = CollectionsMarshal.AsSpan(_samples)[begin..];
        for (var i = 0; i < added.Length; i++) { floats[i] = added[i] / FullScale; }
        _total += added.Length;
    }

    /// <summary>A copy of all samples.</summary>
    public float[] Copy() => CollectionsMarshal.AsSpan(_samples).ToArray();

    /// <summary>Takes all samples out.</summary>
    public float[] Take()
    {
        var taken = Copy();
        _samples.Clear();
        return taken;
    }
}
