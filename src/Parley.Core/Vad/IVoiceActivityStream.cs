namespace Parley.Vad;

/// <summary>The detector's memory of one microphone.</summary>
/// <remarks>One caller at a time: a window is submitted after the one before it was answered.</remarks>
public interface IVoiceActivityStream : IDisposable
{
    /// <summary>Judges the next window.</summary>
    /// <param name="window">Exactly <see cref="IVoiceActivityDetector.WindowSamples"/> samples at 16 kHz; not kept after the call completes.</param>
    /// <param name="cancellationToken">Gives up the wait for a shared engine.</param>
    /// <returns>The probability, 0 to 1, that somebody speaks in the window.</returns>
    /// <exception cref="ArgumentException">The window has another length.</exception>
    /// <exception cref="Diagnostics.VoiceException">The engine failed.</exception>
    ValueTask<float> DetectAsync(ReadOnlyMemory<short> window, CancellationToken cancellationToken = default);
}
