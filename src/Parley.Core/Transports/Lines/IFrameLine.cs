namespace Parley.Transports.Lines;

/// <summary>A line that carries frames of text and bytes, such as a WebSocket, and knows nothing of what they say.</summary>
/// <remarks>One reader and one writer at a time; the two may overlap.</remarks>
public interface IFrameLine : IAsyncDisposable
{
    /// <summary>Waits for the next frame.</summary>
    /// <returns>The frame, whose data may be written to from the next call on; null when the other side has gone, however it went.</returns>
    ValueTask<Frame?> ReceiveAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends a frame; when this returns, <paramref name="data"/> may be written to again.</summary>
    /// <exception cref="Diagnostics.VoiceException">The other side has gone.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> data, bool isText, CancellationToken cancellationToken = default);

    /// <summary>Says goodbye and closes the line. Never throws.</summary>
    ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default);
}
