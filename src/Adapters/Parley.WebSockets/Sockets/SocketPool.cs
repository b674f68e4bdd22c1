using System.Net.WebSockets;
using System.Threading.Channels;
using Parley.Diagnostics;

namespace Parley.WebSockets.Sockets;

/// <summary>Sockets to one address that are connected before they are needed: one loop, which the pool owns, replaces those that are taken, lost or old.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SocketPool : IDisposable
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(2);

    private readonly VoiceStage _stage;
    private readonly Uri _address;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _headers;
    private readonly SocketPoolLimits _limits;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<ServiceSocket> _idle = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _loop;
    private long _connected;
    private bool _hasLost;

    public SocketPool(VoiceStage stage, Uri address, IReadOnlyList<KeyValuePair<string, string>> headers, SocketPoolLimits limits, TimeProvider time)
    {
        (_stage, _address, _headers, _limits, _time) = (stage, address, headers, limits, time);
        if (limits.Warm == 0) { _first.SetResult(); }
        _loop = limits.Warm == 0 ? Task.CompletedTask : Task.Run(RunAsync);
    }

    /// <summary>Ends when the warm sockets were tried for the first time.</summary>
    public Task Warm => _first.Task;

    /// <summary>Connections made so far.</summary>
    public long Connected => Interlocked.Read(ref _connected);

    /// <summary>A socket that is open: a warm one, else a new one.</summary>
    /// <exception cref="VoiceException">The service cannot be reached or refuses.</exception>
    public async Task<ServiceSocket> RentAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var warm = Take();
        _wake.Writer.TryWrite(true);
        return warm ?? await ConnectAsync(cancellationToken);
    }

    /// <summary>Takes back a socket on which nothing is under way.</summary>
    public void Return(ServiceSocket socket)
    {
        // Before anybody can rent it.
        var heard = socket.ListenAsync();
        lock (_gate)
        {
            if (socket.IsOpen && !_stop.IsCancellationRequested && _idle.Count < _limits.Warm)
            {
                socket.IdleSince = _time.GetTimestamp();
                _idle.Add(socket);
                _ = DropAsync(socket, heard);
                return;
            }
        }
        socket.Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested) { return; }
            _stop.Cancel();
        }
        // All that the loop awaits ends with the token.
        _loop.GetAwaiter().GetResult();
        _first.TrySetResult();
        ServiceSocket[] idle;
        lock (_gate) { idle = [.. _idle]; }
        foreach (var socket in idle) { socket.Dispose(); }
        _stop.Dispose();
    }

    /// <summary>The service hangs up on a socket that waits, or says what nobody asked: the socket is replaced.</summary>
    private async Task DropAsync(ServiceSocket socket, Task heard)
    {
        await heard;
        lock (_gate)
        {
            if (!_idle.Remove(socket)) { return; }
            _hasLost = true;
        }
        socket.Dispose();
        _wake.Writer.TryWrite(true);
    }

    private ServiceSocket? Take()
    {
        lock (_gate)
        {
            DropOld();
            if (_idle.Count == 0) { return null; }
            var socket = _idle[^1];
            _idle.RemoveAt(_idle.Count - 1);
            return socket;
        }
    }

    /// <summary>Under the gate.</summary>
    private void DropOld()
    {
        foreach (var socket in _idle.Where(s => !s.IsOpen || _time.GetElapsedTime(s.IdleSince) >= _limits.MaxIdle).ToList())
        {
            _idle.Remove(socket);
            socket.Dispose();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var isReached = await FillAsync();
                _first.TrySetResult();
                using var due = new CancellationTokenSource(isReached ? _limits.MaxIdle / 4 : s_retry, _time);
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, due.Token);
                try { await _wake.Reader.ReadAsync(linked.Token); }
                catch (OperationCanceledException) when (!_stop.IsCancellationRequested) { }
                // A service that cannot be reached, or hangs up at once, is not called in a tight loop.
                if (!isReached || TakeLoss()) { await Task.Delay(isReached ? s_retry : s_retry / 10, _time, _stop.Token); }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested) { }
    }

    private bool TakeLoss()
    {
        lock (_gate)
        {
            var hasLost = _hasLost;
            _hasLost = false;
            return hasLost;
        }
    }

    private async Task<bool> FillAsync()
    {
        while (true)
        {
            lock (_gate)
            {
                // Those that would grow too old before the next look are replaced now, and not within a turn.
                foreach (var old in _idle.Where(s => _time.GetElapsedTime(s.IdleSince) >= _limits.MaxIdle / 2).ToList())
                {
                    _idle.Remove(old);
                    old.Dispose();
                }
                DropOld();
                if (_idle.Count >= _limits.Warm || _hasLost) { return true; }
            }
            try { Return(await ConnectAsync(_stop.Token)); }
            catch (VoiceException) { return false; }
        }
    }

    private async Task<ServiceSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(15);
        foreach (var (name, value) in _headers) { socket.Options.SetRequestHeader(name, value); }
        using var deadline = new CancellationTokenSource(_limits.ConnectTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await socket.ConnectAsync(_address, linked.Token);
            Interlocked.Increment(ref _connected);
            return new ServiceSocket(_stage, socket, _time);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or HttpRequestException or IOException)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw deadline.IsCancellationRequested ? SocketErrors.Stalled(_stage, _limits.ConnectTimeout)
                : status >= 400 ? SocketErrors.Refused(_stage, status, e) : SocketErrors.Unreachable(_stage, e);
        }
    }
}

/// <summary>How many sockets wait connected, how long the service lets one idle, and how long connecting may take.</summary>
internal sealed record SocketPoolLimits(int Warm, TimeSpan MaxIdle, TimeSpan ConnectTimeout);
