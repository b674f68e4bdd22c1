using System.Net.Sockets;
using System.Net.WebSockets;
using Parley.LoadTest.Measuring;
using Parley.LoadTest.Sessions;
using Parley.LoadTest.Speech;
using Parley.Transports.Protocol;

namespace Parley.LoadTest.Faults;

/// <summary>A client that does one thing wrong for as long as the server lets it, and comes back when the server has had enough.</summary>
internal sealed class FaultyClient(Uri server, Fault fault, Utterances speech, LoadFigures figures) : ILoadClient
{
    private const int SmallBuffer = 4_096, FramesAtOnce = 10, PingsAtOnce = 2;

    // tcp(7). With the loopback's segments of 64 KiB the server's side would hold megabytes before it felt anything.
    private const int Tcp = 6, MaxSegment = 2, SmallSegment = 1_400;

    private static readonly byte[] s_start = """{"type":"session.start"}"""u8.ToArray(), s_ping = """{"type":"ping","t":1}"""u8.ToArray();
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly byte[][] _frames = speech.Pick(new Random(1));
    private Task _work = Task.CompletedTask;
    private int _next;

    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        _work = WorkAsync();
        return Task.CompletedTask;
    }

    /// <summary>Its pace is its own.</summary>
    public void Tick(long now) { }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await MisbehaveAsync();
            }
            catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or OperationCanceledException or InvalidOperationException)
            {
                if (!_stop.IsCancellationRequested) { figures.Lost(); }
            }
            // Not at once: the server would be measured with connects whatever the fault.
            await Task.Delay(s_again, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task MisbehaveAsync()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(ConverseConnection.Subprotocol);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = ConnectSmallAsync });
        await socket.ConnectAsync(new Uri(server, "/v1/converse"), invoker, _stop.Token);
        await socket.SendAsync(s_start, WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
        if (fault is Fault.Connects)
        {
            await ReadOneAsync(socket);
            return;
        }
        var reading = fault is Fault.NotReading or Fault.HalfOpen ? Task.CompletedTask : ReadAsync(socket);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var tick = 0; await timer.WaitForNextTickAsync(_stop.Token); tick++)
        {
            switch (fault)
            {
                case Fault.TooFast:
                    for (var i = 0; i < FramesAtOnce; i++) { await SpeakAsync(socket); }
                    break;
                case Fault.NotReading:
                    await SpeakAsync(socket);
                    for (var i = 0; i < PingsAtOnce; i++) { await socket.SendAsync(s_ping, WebSocketMessageType.Text, endOfMessage: true, _stop.Token); }
                    break;
                case Fault.HalfOpen when tick < 100:
                    await SpeakAsync(socket);
                    break;
            }
        }
        await reading;
    }

    private async Task SpeakAsync(ClientWebSocket socket)
    {
        figures.Sent();
        await socket.SendAsync(_frames[_next++ % _frames.Length].AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, _stop.Token);
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        while (await ReadOneAsync(socket)) { }
    }

    private async Task<bool> ReadOneAsync(ClientWebSocket socket)
    {
        var buffer = new byte[SmallBuffer];
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
            if (got.MessageType == WebSocketMessageType.Close) { return false; }
            if (got.EndOfMessage) { return true; }
        }
    }

    /// <summary>What is not read shall be felt by the server soon, and not lie in this machine's memory.</summary>
    private static async ValueTask<Stream> ConnectSmallAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = SmallBuffer };
        if (OperatingSystem.IsLinux()) { socket.SetRawSocketOption(Tcp, MaxSegment, BitConverter.GetBytes(SmallSegment)); }
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
