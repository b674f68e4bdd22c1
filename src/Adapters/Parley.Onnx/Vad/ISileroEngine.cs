namespace Parley.Onnx.Vad;

/// <summary>Judges a window each of some streams in one run. Not thread-safe.</summary>
internal interface ISileroEngine : IDisposable
{
    /// <summary>The most streams that one run takes.</summary>
    int MaxBatch { get; }

    /// <summary>Judges the windows of <paramref name="streams"/>, one to <see cref="MaxBatch"/>, and moves each of them on.</summary>
    void Run(ReadOnlySpan<SileroStream> streams);
}
