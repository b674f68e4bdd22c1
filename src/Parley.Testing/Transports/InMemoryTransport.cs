using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Testing.Transports;

/// <summary>A client of the session itself in memory, whatever the dialect; it is sent each <see cref="ServerMessage"/> and <see cref="AudioPacket"/>.</summary>
public sealed class InMemoryTransport : InMemoryEnd<ClientInput, object>, IVoiceTransport
{
    /// <summary>How long each send takes; null: no time. For clients that read slowly or not at all.</summary>
    public Func<CancellationToken, Task>? SendDelay { get; set; }

    public IReadOnlyList<ServerMessage> Messages => [.. All.OfType<ServerMessage>()];

    public IReadOnlyList<AudioPacket> Packets => [.. All.OfType<AudioPacket>()];

    /// <summary>The messages of one type.</summary>
    public IReadOnlyList<T> Of<T>() where T : ServerMessage => [.. All.OfType<T>()];

    public async ValueTask<ClientInput?> ReceiveAsync(CancellationToken cancellationToken = default) => await WaitAsync(cancellationToken) ? Take() : null;

    public ValueTask SendAsync(ServerMessage message, CancellationToken cancellationToken = default) => AddAsync(message, cancellationToken);

    public ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken = default) => AddAsync(packet, cancellationToken);

    private async ValueTask AddAsync(object item, CancellationToken cancellationToken)
    {
        if (SendDelay is { } delay) { await delay(cancellationToken); }
        Add(item);
    }
}
