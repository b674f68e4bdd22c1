using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Core.Tests.OpenAICompatible;

/// <summary>A real HTTP server on a loopback port that answers each request as the test wants, byte by byte.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Exchange, Task> _answer;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private readonly Lock _gate = new();
    private readonly List<string> _bodies = [];
    private readonly List<string> _heads = [];

    public LoopbackServer(Func<Exchange, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri BaseUrl => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1");

    /// <summary>The bodies of the requests so far.</summary>
    public IReadOnlyList<string> Bodies { get { lock (_gate) { return [.. _bodies]; } } }

    /// <summary>The request lines and headers so far.</summary>
    public IReadOnlyList<string> Heads { get { lock (_gate) { return [.. _heads]; } } }

    public int Connections { get; private set; }

    /// <summary>Cancelled when the server stops; an answer that hangs waits for it.</summary>
    public CancellationToken Stopping => _stop.Token;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                _connections.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await ReadRequestAsync(stream) is { } body)
                {
                    var exchange = new Exchange(stream, body, _stop.Token);
                    // What a test's script waits for may never come.
                    await _answer(exchange).WaitAsync(_stop.Token);
                    if (exchange.IsReset) { client.LingerState = new LingerOption(true, 0); }
                    if (exchange.IsClosing) { return; }
                }
            }
            catch (Exception end) when (end is OperationCanceledException or IOException) { }
        }
    }

    /// <summary>The body; null: no request comes any more.</summary>
    private async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0) { return null; }
            head.Add(one[0]);
        }
        var text = Encoding.ASCII.GetString([.. head]);
        if (text.StartsWith("GET ", StringComparison.Ordinal))
        {
            // What keeps connections warm is no part of a test's script.
            await new Exchange(stream, "", _stop.Token).RespondAsync(404, "text/plain", "");
            return await ReadRequestAsync(stream);
        }
        var length = int.Parse(text.Split('\n').First(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1]);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, _stop.Token);
        lock (_gate)
        {
            _heads.Add(text);
            _bodies.Add(Encoding.UTF8.GetString(body));
            return _bodies[^1];
        }
    }

    /// <summary>One request's answer.</summary>
    internal sealed class Exchange(NetworkStream stream, string body, CancellationToken stopping)
    {
        /// <summary>What was asked.</summary>
        public string Body => body;

        public bool IsClosing { get; private set; }

        public bool IsReset { get; private set; }

        /// <summary>A whole answer.</summary>
        public Task RespondAsync(int status, string contentType, string answer, string headers = "") => WriteAsync(
            $"HTTP/1.1 {status} X\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(answer)}\r\n{headers}\r\n{answer}");

        /// <summary>Begins a stream of events.</summary>
        public Task BeginEventsAsync() => WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");

        public Task EventAsync(string data) => ChunkAsync($"data: {data}\n\n");

        public Task ChunkAsync(string text) => WriteAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

        /// <summary>Ends the stream as HTTP wants it.</summary>
        public Task EndAsync() => WriteAsync("0\r\n\r\n");

        /// <summary>Breaks the connection off.</summary>
        public void Close() => IsClosing = true;

        /// <summary>Resets the connection, as a server that is killed.</summary>
        public void Reset() => (IsClosing, IsReset) = (true, true);

        /// <summary>Says nothing more until the server stops.</summary>
        public Task HangAsync() => Task.Delay(Timeout.Infinite, stopping);

        private async Task WriteAsync(string text)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stopping);
            await stream.FlushAsync(stopping);
        }
    }
}
