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
        var room = Math.Min(samples.Length, capacity - _total);
        for (var i = 0; i < room; i++) { _samples.Add(samples[i] / FullScale); }
        _total += room;
    }

    /// <summary>A copy of the first samples.</summary>
    public float[] First(int count) => [.. _samples.Take(count)];

    /// <summary>Takes all samples out.</summary>
    public float[] Take()
    {
        float[] taken = [.. _samples];
        _samples.Clear();
        return taken;
    }
}
