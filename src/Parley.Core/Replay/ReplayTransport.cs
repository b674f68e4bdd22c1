using System.Threading.Channels;
using Parley.Diagnostics;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Replay;

/// <summary>The line of a replayed session: gives the recorded input, keeps what is sent.</summary>
internal sealed class ReplayTransport(Func<TimeSpan> now) : IVoiceTransport
{
    // Bounded by the recording, which is in memory.
    private readonly Channel<ClientInput> _input = Channel.CreateUnbounded<ClientInput>();

    private bool _isBroken;

    /// <summary>What the session sent, with session time.</summary>
    public List<(TimeSpan At, ServerMessage Message)> Sent { get; } = [];

    public void Say(ClientInput input) => _input.Writer.TryWrite(input);

    public void Break()
    {
        _isBroken = true;
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

    public ValueTask SendAsync(ServerMessage message, CancellationToken cancellationToken = default)
    {
        ThrowIfBroken();
        Sent.Add((now(), message));
        return ValueTask.CompletedTask;
    }

    public ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken = default)
    {
        ThrowIfBroken();
        return ValueTask.CompletedTask;
    }

    public ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default)
    {
        _input.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void ThrowIfBroken()
    {
        if (_isBroken) { throw new VoiceException(VoiceStage.Transport, "The line was broken here.", isTransient: true); }
    }
}
