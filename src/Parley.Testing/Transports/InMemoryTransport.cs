using System.Threading.Channels;
using Parley.Diagnostics;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Testing.Transports;

/// <summary>A client and its line in memory: the test sends, and finds everything that the session sent, in order.</summary>
public sealed class InMemoryTransport : IVoiceTransport
{
    private readonly Channel<ClientInput> _input = Channel.CreateUnbounded<ClientInput>();
    private readonly Lock _lock = new();
    private readonly List<object> _sent = [];
    private readonly List<ClientInput> _said = [];
    private volatile bool _gone;

    /// <summary>How long each send takes; null: no time. For clients that read slowly or not at all.</summary>
    public Func<CancellationToken, Task>? SendDelay { get; set; }

    /// <summary>Called with each <see cref="ServerMessage"/> and <see cref="AudioPacket"/> as it is sent.</summary>
    public Action<object>? Sent { get; set; }

    public TransportCloseReason? Closed { get; private set; }

    public bool IsDisposed { get; private set; }

    /// <summary>A copy of all that was sent so far.</summary>
    public IReadOnlyList<object> All { get { lock (_lock) { return [.. _sent]; } } }

    /// <summary>A copy of all that the client said so far.</summary>
    public IReadOnlyList<ClientInput> Said { get { lock (_lock) { return [.. _said]; } } }

    public IReadOnlyList<ServerMessage> Messages => [.. All.OfType<ServerMessage>()];

    public IReadOnlyList<AudioPacket> Packets => [.. All.OfType<AudioPacket>()];

    /// <summary>The messages of one type.</summary>
    public IReadOnlyList<T> Of<T>() where T : ServerMessage => [.. All.OfType<T>()];

    /// <summary>The client says something.</summary>
    public void Say(ClientInput input)
    {
        lock (_lock) { _said.Add(input); }
        _input.Writer.TryWrite(input);
    }

    /// <summary>The client is cut off: it says nothing more and nothing reaches it.</summary>
    public void Disconnect()
    {
        _gone = true;
        _input.Writer.TryComplete();
    }

    public async ValueTask<ClientInput?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        while (await _input.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_input.Reader.TryRead(out var input)) { return input; }
        }
        return null;
    }

    public ValueTask SendAsync(ServerMessage message, CancellationToken cancellationToken = default) => AddAsync(message, cancellationToken);

    public ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken = default) => AddAsync(packet, cancellationToken);

    public ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default)
    {
        Closed = reason;
        _input.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private async ValueTask AddAsync(object item, CancellationToken cancellationToken)
    {
        if (SendDelay is { } delay) { await delay(cancellationToken); }
        if (_gone) { throw new VoiceException(VoiceStage.Transport, "The client has gone.", isTransient: true); }
        lock (_lock) { _sent.Add(item); }
        Sent?.Invoke(item);
    }
}
