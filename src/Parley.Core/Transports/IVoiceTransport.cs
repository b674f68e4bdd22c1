using Parley.Transports.Protocol;

namespace Parley.Transports;

/// <summary>The line to one client. It carries; it never decides.</summary>
/// <remarks>One reader and one writer at a time; the two may overlap. The session disposes it.</remarks>
public interface IVoiceTransport : IAsyncDisposable
{
    /// <summary>Waits for the next input.</summary>
    /// <returns>The input; null when the client has gone, however it went.</returns>
    ValueTask<ClientInput?> ReceiveAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends a message, stamped already.</summary>
    /// <exception cref="Diagnostics.VoiceException">The client has gone.</exception>
    ValueTask SendAsync(ServerMessage message, CancellationToken cancellationToken = default);

    /// <summary>Sends a packet of audio.</summary>
    /// <exception cref="Diagnostics.VoiceException">The client has gone.</exception>
    ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken = default);

    /// <summary>Says goodbye and closes the line. Never throws.</summary>
    ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default);
}
