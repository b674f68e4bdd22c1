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
    private Task<ReadOnlyMemory<byte>>? _reading;

    /// <summary>Whether the service still listens, as far as is known: what comes on a socket that waits is its end.</summary>
    public bool IsOpen => socket.State == WebSocketState.Open && _reading is not { IsCompleted: true };

    /// <summary>When it was connected or given back last, a timestamp of the clock.</summary>
    public long IdleSince { get; set; } = time.GetTimestamp();

    public Task SendTextAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken) => SendAsync(json, WebSocketMessageType.Text, cancellationToken);

    public Task SendBinaryAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => SendAsync(bytes, WebSocketMessageType.Binary, cancellationToken);

    /// <summary>Begins to read while nothing is under way: only so is it known when the service hangs up. What is read is the next message.</summary>
    /// <returns>Ends, and never fails, when something has come.</returns>
    public Task ListenAsync()
    {
        _reading = ReadAsync();
        return _reading.ContinueWith(static t => t.Exception, TaskScheduler.Default);
    }

    /// <summary>The next message; valid until the next call.</summary>
    /// <exception cref="VoiceException">None comes within <paramref name="timeout"/>, it is too large, or the connection ends.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, even when a message has come.</exception>
    public async Task<ReadOnlyMemory<byte>> ReceiveAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var reading = _reading ?? ReadAsync();
        _reading = null;
        try
        {
            // A message that is there already is given without a look at the token.
            cancellationToken.ThrowIfCancellationRequested();
            return await reading.WaitAsync(timeout, time, cancellationToken);
        }
        catch (Exception e) when (e is not VoiceException)
        {
            // A message that comes too late would be taken for the next one's.
            socket.Abort();
            _ = reading.ContinueWith(static t => t.Exception, TaskScheduler.Default);
            throw Classify(e, timeout, e is TimeoutException, cancellationToken);
        }
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
        catch (Exception e) { throw Classify(e, s_sendTimeout, deadline.IsCancellationRequested, cancellationToken); }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync()
    {
        _message.ResetWrittenCount();
        while (true)
        {
            var part = await socket.ReceiveAsync(_message.GetMemory(ReadBytes), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close) { throw SocketErrors.EndedEarly(stage); }
            _message.Advance(part.Count);
            if (_message.WrittenCount > MaxMessageBytes) { throw SocketErrors.Unintelligible(stage); }
            if (part.EndOfMessage) { return _message.WrittenMemory; }
        }
    }

    private Exception Classify(Exception problem, TimeSpan timeout, bool isLate, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? new OperationCanceledException("The call was cancelled.", problem, cancellationToken)
        : isLate ? SocketErrors.Stalled(stage, timeout)
        : problem is WebSocketException or InvalidOperationException or IOException ? SocketErrors.Unreachable(stage, problem)
        : problem;
}
