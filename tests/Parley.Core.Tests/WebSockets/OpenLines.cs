using System.Net.WebSockets;

namespace Parley.Core.Tests.WebSockets;

/// <summary>The connections to a service; thread-safe.</summary>
internal sealed class OpenLines
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WebSocket, TaskCompletionSource> _open = [];

    /// <summary>How many there are.</summary>
    public int Count { get { lock (_gate) { return _open.Count; } } }

    /// <returns>Disposed when the connection has ended.</returns>
    public IDisposable Add(WebSocket socket)
    {
        lock (_gate) { _open[socket] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); }
        return new Line(this, socket);
    }

    /// <summary>Says good-bye on all of them, as services do when nothing was said for too long, and waits until the clients have hung up too.</summary>
    public async Task HangUpAsync(CancellationToken cancellationToken)
    {
        KeyValuePair<WebSocket, TaskCompletionSource>[] open;
        lock (_gate) { open = [.. _open]; }
        foreach (var (socket, _) in open)
        {
            try { await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "idle", cancellationToken); }
            // Its client was quicker.
            catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException { InnerException: ObjectDisposedException }) { }
        }
        await Task.WhenAll(open.Select(o => o.Value.Task)).WaitAsync(cancellationToken);
    }

    private sealed class Line(OpenLines lines, WebSocket socket) : IDisposable
    {
        public void Dispose()
        {
            lock (lines._gate)
            {
                if (lines._open.Remove(socket, out var ended)) { ended.SetResult(); }
            }
        }
    }
}
