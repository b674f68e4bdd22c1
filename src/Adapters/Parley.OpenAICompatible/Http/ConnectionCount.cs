using System.Net.Sockets;

namespace Parley.OpenAICompatible.Http;

/// <summary>Makes an upstream's TCP connections and counts them. Thread-safe.</summary>
/// <param name="lost">Told when a connection is gone. Must not block.</param>
/// <param name="isEncrypted">Whether they carry TLS.</param>
internal sealed class ConnectionCount(Action lost, bool isEncrypted)
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
            return new CountedStream(socket, this, isEncrypted);
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
        private readonly bool _isEncrypted;
        private int _closed;

        public CountedStream(Socket socket, ConnectionCount owner, bool isEncrypted)
            : base(socket, ownsSocket: true)
        {
            (_owner, _isEncrypted) = (owner, isEncrypted);
            Interlocked.Increment(ref owner._opened);
            Interlocked.Increment(ref owner._open);
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = base.ReadAsync(buffer, cancellationToken);
            return !_isEncrypted || read.IsCompleted ? read : LeaveAsync(read);
        }

        /// <summary>
        /// The thread that ends the wait may watch other sockets too: whoever checks a certificate, which may mean to read files and ask servers, is not to do
        /// so there.
        /// </summary>
        private static async ValueTask<int> LeaveAsync(ValueTask<int> read)
        {
            var count = await read;
            if (!Thread.CurrentThread.IsThreadPoolThread) { await Task.Yield(); }
            return count;
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
