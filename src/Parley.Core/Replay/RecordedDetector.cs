using Parley.Recording;
using Parley.Vad;

namespace Parley.Replay;

/// <summary>Gives the recorded probabilities, window by window; silence once there are none left.</summary>
internal sealed class RecordedDetector(Queue<RecordedWindow> windows) : IVoiceActivityDetector, IVoiceActivityStream
{
    public string Name => "recorded";

    /// <summary>As recorded; that of Silero where nothing was.</summary>
    public int WindowSamples { get; } = windows.TryPeek(out var first) ? first.Samples : 512;

    public IVoiceActivityStream OpenStream() => this;

    public ValueTask<float> DetectAsync(ReadOnlyMemory<short> window, CancellationToken cancellationToken = default) =>
        new(windows.TryDequeue(out var recorded) ? recorded.Probability : 0);

    public void Dispose()
    {
        // Nothing to give back.
    }
}
