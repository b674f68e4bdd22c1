using System.ComponentModel.DataAnnotations;
using Parley.Diagnostics;

namespace Parley.Onnx.Vad;

/// <summary>Where Silero is found and how many sessions share one run of it.</summary>
public sealed class SileroOptions
{
    /// <summary>Path of the ONNX Runtime library, 1.12 or later.</summary>
    /// <value>
    /// The default is null: what <c>native/</c> brought, else the directory in <c>PARLEY_NATIVE</c>, else the system's
    /// <c>libonnxruntime.so.1</c>.
    /// </value>
    public string? LibraryPath { get; set; }

    /// <summary>Path of <c>silero_vad_v6.onnx</c>; version 5 has the same shape.</summary>
    /// <value>The default is null: looked for like the library.</value>
    public string? ModelPath { get; set; }

    /// <summary>Windows of different streams that one run may judge together.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 256)]
    public int MaxBatch { get; set; } = 64;

    /// <summary>How long windows wait for others to share their run with, once <see cref="GatherFrom"/> streams are open.</summary>
    /// <value>The default is 2 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.005", ErrorMessage = "Gather must be 0 to 5 ms.")]
    public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Fewer streams get their answers at once, each on its caller's thread where the engine is idle.</summary>
    /// <value>The default is 32.</value>
    [Range(1, 100_000)]
    public int GatherFrom { get; set; } = 32;

    /// <summary>Streams that may be open at a time. Each has at most one window waiting, so this also bounds the queue.</summary>
    /// <value>The default is 1000.</value>
    [Range(1, 100_000)]
    public int MaxStreams { get; set; } = 1000;

    /// <summary>Whether windows that are plainly silent are not judged at all; see <see cref="Parley.Vad.SilenceGate"/>.</summary>
    /// <value>The default is true: whoever listens costs next to nothing.</value>
    public bool SpareSilence { get; set; } = true;

    internal IEnumerable<string> LibraryCandidates => LibraryPath is { } path
        ? [path]
        : [.. NativeFiles.Find("sherpa-onnx-linux-x64/libonnxruntime.so"), "libonnxruntime.so.1"];

    internal string? FoundModel => ModelPath ?? NativeFiles.Find("@ricky0123/vad-web/dist/silero_vad_v6.onnx").FirstOrDefault();
}
