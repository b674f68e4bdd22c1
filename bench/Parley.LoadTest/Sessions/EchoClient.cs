using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.WebSockets;
using Parley.LoadTest.Measuring;
using Parley.LoadTest.Speech;

namespace Parley.LoadTest.Sessions;

/// <summary>Sends frames that come back: what sockets and threads alone cost.</summary>
internal sealed class EchoClient(Uri server, LoadFigures figures) : ILoadClient
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _frame = new byte[Utterances.FrameBytes];
    private Task _sending = Task.CompletedTask;
    private Task _receiving = Task.CompletedTask;

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(new Uri(server, "/echo"), cancellationToken);
        _receiving = ReceiveAsync();
    }

    public void Tick(long now)
    {
        if (!_sending.IsCompleted)
        {
            figures.NotSent();
            return;
        }
        BinaryPrimitives.WriteInt64LittleEndian(_frame, now);
        figures.Sent();
        _sending = _socket.SendAsync(_frame.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[2_048];
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close) { return; }
                figures.Packet();
                figures.Echo.Add(Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(buffer)));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Aborted at the end.
        }
    }
}
