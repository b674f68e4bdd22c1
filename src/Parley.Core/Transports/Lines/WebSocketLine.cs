using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Parley.Diagnostics;
using Parley.Time;

namespace Parley.Transports.Lines;

/// <summary>The line that a WebSocket is, at either end.</summary>
/// <param name="socket">The socket; disposed with this.</param>
/// <param name="maxFrame">The longest frame that is taken, in bytes; longer ones are skipped.</param>
/// <param name="time">The clock of its waits.</param>
/// <param name="gone">Cancelled when the connection is lost: Kestrel takes what is sent after that and says nothing.</param>
public sealed class WebSocketLine(WebSocket socket, int maxFrame, TimeProvider time, CancellationToken gone = default) : IFrameLine
{
    /// <summary>A frame that is so much longer is not even skipped: the line is closed.</summary>
    private const int MaxSkipped = 16 * 1024 * 1024;

    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(2);

    // As a rule a frame comes in one piece, and all of them in this memory, which grows with the longest.
    private byte[] _received = new byte[1024];

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))] // One a frame, as below.
    public async ValueTask<Frame?> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await ReceiveFrameAsync(cancellationToken);
        }
        catch (Exception e) when (IsGone(e, cancellationToken))
        {
            return null;
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> data, bool isText, CancellationToken cancellationToken = default)
    {
        if (gone.IsCancellationRequested) { throw Gone(); }
        try
        {
            await socket.SendAsync(data, isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (Exception e) when (IsGone(e, cancellationToken))
        {
            throw Gone(e);
        }
    }

    public async ValueTask CloseAsync(TransportCloseReason reason, CancellationToken cancellationToken = default)
    {
        using var late = new CancellationTokenSource(s_closeTimeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            var status = reason switch
            {
                TransportCloseReason.PolicyViolation => WebSocketCloseStatus.PolicyViolation,
                TransportCloseReason.ServerError => WebSocketCloseStatus.InternalServerError,
                TransportCloseReason.GoingAway => WebSocketCloseStatus.EndpointUnavailable,
                _ => WebSocketCloseStatus.NormalClosure,
            };
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(status, reason.ToString(), limit.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone without a word.
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static VoiceException Gone(Exception? inner = null) => new(VoiceStage.Transport, "The client has gone.", isTransient: true, inner);

    /// <summary>Whether the line is dead. A socket that was aborted, by a missed keep-alive for one, says so as a cancellation.</summary>
    private static bool IsGone(Exception e, CancellationToken cancellationToken) =>
        e is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder<>))]
    private async ValueTask<Frame?> ReceiveFrameAsync(CancellationToken cancellationToken)
    {
        var length = 0L;
        while (true)
        {
            // What is too long is skipped over its own beginning.
            var filled = length <= maxFrame ? (int)length : 0;
            if (filled == _received.Length) { Array.Resize(ref _received, 2 * filled); }
            var part = await socket.ReceiveAsync(_received.AsMemory(filled), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close) { return null; }
            length += part.Count;
            if (length > maxFrame + (long)MaxSkipped) { return null; }
            if (!part.EndOfMessage) { continue; }
            var isText = part.MessageType == WebSocketMessageType.Text;
            return length > maxFrame ? new Frame(default, isText, IsTooLarge: true) : new Frame(_received.AsMemory(0, (int)length), isText);
        }
    }
}
