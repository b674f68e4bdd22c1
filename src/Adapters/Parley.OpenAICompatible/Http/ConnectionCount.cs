using System.Net.Sockets;

namespace Parley.OpenAICompatible.Http;

/// <summary>Makes an upstream's TCP connections and counts them. Thread-safe.</summary>
/// <param name="lost">Told when a connection is gone. Must not block.</param>
internal sealed class ConnectionCount(Action lost)
{
    private long _opened;
    private int _open;

    /// <summary>Connections made so far.</summary>
    public long Opened => Interlocked.Read(ref _opened);

    /// <summary>Connections open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new CountedStream(socket, this);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class CountedStream : NetworkStream
    {
        private readonly ConnectionCount _owner;
        private int _closed;

        public CountedStream(Socket socket, ConnectionCount owner)
            : base(socket, ownsSocket: true)
        {
            _owner = owner;
            Interlocked.Increment(ref owner._opened);
            Interlocked.Increment(ref owner._open);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && Interlocked.Exchange(ref _closed, 1) == 0) { _owner.Closed(); }
        }
    }

    private void Closed()
    {
        Interlocked.Decrement(ref _open);
        lost();
    }
}
