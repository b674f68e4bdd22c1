using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Parley.Bench.Load.Http;

/// <summary>One kept-alive connection that asks and times the answer. One request at a time; the owner disposes it.</summary>
internal sealed class LoadConnection(IPEndPoint server) : IDisposable
{
    private readonly AnswerReader _reader = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Socket? _socket;

    /// <summary>How often it was opened.</summary>
    public int Connects { get; private set; }

    /// <summary>Sends a whole request and reads its answer.</summary>
    /// <exception cref="IOException">The connection broke, or what came is no answer; the next request opens another.</exception>
    public async ValueTask<Answer> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        // A server may close a connection on which nothing has happened for a while.
        if (_socket is { } idle && idle.Poll(0, SelectMode.SelectRead)) { Close(); }
        var socket = _socket ??= await ConnectAsync(cancellationToken);
        try
        {
            _reader.Reset();
            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request, cancellationToken);
            long first = 0;
            while (true)
            {
                var read = await socket.ReceiveAsync(_buffer.AsMemory(), cancellationToken);
                if (read == 0) { throw new IOException("The connection was closed before the answer had ended."); }
                var isComplete = _reader.Read(_buffer.AsSpan(0, read));
                var now = Stopwatch.GetTimestamp();
                if (first == 0 && (_reader.Tokens > 0 || isComplete)) { first = now; }
                if (!isComplete) { continue; }
                if (_reader.Closes) { Close(); }
                var held = TimeSpan.FromMicroseconds(_reader.HeldMicroseconds ?? 0);
                return new Answer(_reader.Status, Stopwatch.GetElapsedTime(sent, first), Stopwatch.GetElapsedTime(sent, now), held, _reader.Tokens);
            }
        }
        catch (Exception e)
        {
            Close();
            if (e is SocketException or InvalidDataException) { throw new IOException(e.Message, e); }
            throw;
        }
    }

    public void Dispose() => Close();

    private async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        Connects++;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException(e.Message, e);
        }
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
