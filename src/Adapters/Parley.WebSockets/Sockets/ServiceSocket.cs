using System.Buffers;
using System.Net.WebSockets;
using Parley.Diagnostics;

namespace Parley.WebSockets.Sockets;

/// <summary>A WebSocket to a service, in whole messages and with deadlines. One sender and one receiver at a time.</summary>
internal sealed class ServiceSocket(VoiceStage stage, WebSocket socket, TimeProvider time) : IDisposable
{
    private const int MaxMessageBytes = 8 << 20, ReadBytes = 16_384;

    private static readonly TimeSpan s_sendTimeout = TimeSpan.FromSeconds(5);

    private readonly ArrayBufferWriter<byte> _message = new(ReadBytes);

    public bool IsOpen => socket.State == WebSocketState.Open;

    /// <summary>When it was connected or given back last, a timestamp of the clock.</summary>
    public long IdleSince { get; set; } = time.GetTimestamp();

    public Task SendTextAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) => SendAsync(json, WebSocketMessageType.Text, cancellationToken);

    public Task SendBinaryAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => SendAsync(bytes, WebSocketMessageType.Binary, cancellationToken);

    /// <summary>The next message; valid until the next call.</summary>
    /// <exception cref="VoiceException">None comes within <paramref name="timeout"/>, it is too large, or the connection ends.</exception>
    public async Task<ReadOnlyMemory<byte>> ReceiveAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        _message.ResetWrittenCount();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(_message.GetMemory(ReadBytes), linked.Token);
                if (part.MessageType == WebSocketMessageType.Close) { throw SocketErrors.EndedEarly(stage); }
                _message.Advance(part.Count);
                if (_message.WrittenCount > MaxMessageBytes) { throw SocketErrors.Unintelligible(stage); }
                if (part.EndOfMessage) { return _message.WrittenMemory; }
            }
        }
        catch (Exception e) when (e is not VoiceException) { throw Classify(e, timeout, deadline, cancellationToken); }
    }

    public void Dispose()
    {
        // A polite close would wait for the other side.
        socket.Abort();
        socket.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(s_sendTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try { await socket.SendAsync(bytes, type, endOfMessage: true, linked.Token); }
        catch (Exception e) { throw Classify(e, s_sendTimeout, deadline, cancellationToken); }
    }

    private Exception Classify(Exception problem, TimeSpan timeout, CancellationTokenSource deadline, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? new OperationCanceledException("The call was cancelled.", problem, cancellationToken)
        : deadline.IsCancellationRequested ? SocketErrors.Stalled(stage, timeout)
        : problem is WebSocketException or InvalidOperationException or IOException ? SocketErrors.Unreachable(stage, problem)
        : problem;
}
