using System.Threading.Channels;

namespace Parley.OpenAICompatible.Http;

/// <summary>
/// Keeps an upstream's connections open and its engines' models loaded, outside the turns: one loop, which its upstream owns. What fails here
/// is tried again later and is nobody's failure: the calls themselves will tell.
/// </summary>
internal sealed class KeepWarm : IDisposable
{
    /// <summary>A server that cannot be reached is not asked in a tight loop: lost connections are replaced at most this often.</summary>
    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly Upstream _upstream;
    private readonly UpstreamOptions _options;
    private readonly int _wanted;
    private readonly ConnectionCount _connections;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly List<ModelWarmth> _models = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A signal, not a queue: however many connections are lost, one look is enough.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task? _loop;
    private volatile bool _isMultiplexed;
    private long _rounds;

    public KeepWarm(Upstream upstream, UpstreamOptions options, ConnectionCount connections, TimeProvider time) =>
        (_upstream, _options, _wanted, _connections, _time) = (upstream, options, Math.Min(options.WarmConnections, options.MaxConnections), connections, time);

    /// <summary>Ends with the first round.</summary>
    public Task First => _first.Task;

    /// <summary>How often the connections were used so far.</summary>
    public long Rounds => Interlocked.Read(ref _rounds);

    /// <summary>Begins, if it has not and there is something to do.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_stop.IsCancellationRequested || _loop is not null) { return; }
            if (_wanted > 0 || _models.Count > 0) { _loop = Task.Run(RunAsync); }
        }
        if (_loop is null) { _first.TrySetResult(); }
    }

    /// <summary>From now on the model is kept loaded.</summary>
    public void Add(ModelWarmth model)
    {
        lock (_gate) { _models.Add(model); }
        Start();
        _wake.Writer.TryWrite(true);
    }

    public void Remove(ModelWarmth model)
    {
        lock (_gate) { _models.Remove(model); }
    }

    public void ConnectionLost() => _wake.Writer.TryWrite(true);

    public void Dispose()
    {
        Task? loop;
        lock (_gate)
        {
            if (_stop.IsCancellationRequested) { return; }
            _stop.Cancel();
            loop = _loop;
        }
        // All that the loop awaits ends with the token.
        loop?.GetAwaiter().GetResult();
        _first.TrySetResult();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await OpenAsync();
                Interlocked.Increment(ref _rounds);
                await LoadAsync();
                _first.TrySetResult();
                await WaitAsync();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested) { }
    }

    /// <summary>Uses as many connections at once as are to be open, which opens those that are missing and keeps the others alive.</summary>
    private async Task OpenAsync()
    {
        if (_wanted == 0) { return; }
        using var patience = new CancellationTokenSource(s_patience, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, patience.Token);
        var answers = await Task.WhenAll(Enumerable.Range(0, _wanted).Select(_ => AskAsync(linked.Token)));
        _isMultiplexed = answers.Any(a => a?.Version.Major >= 2);
        // Only now are the connections given back: no request may take one that another has just finished with.
        foreach (var answer in answers.OfType<HttpResponseMessage>())
        {
            using (answer) { await DrainAsync(answer, linked.Token); }
        }
        _stop.Token.ThrowIfCancellationRequested();
    }

    private async Task<HttpResponseMessage?> AskAsync(CancellationToken cancellationToken)
    {
        try { return await _upstream.AskAsync(cancellationToken); }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException) { return null; }
    }

    private static async Task DrainAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        const int MostBytes = 1 << 20;
        try
        {
            await using var body = new LimitedStream(await answer.Content.ReadAsStreamAsync(cancellationToken), MostBytes);
            await body.CopyToAsync(Stream.Null, cancellationToken);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or HttpRequestException or OperationCanceledException) { }
    }

    private async Task LoadAsync()
    {
        ModelWarmth[] models;
        lock (_gate) { models = [.. _models]; }
        await Task.WhenAll(models.Select(m => m.LoadIfDueAsync(_stop.Token)));
    }

    private async Task WaitAsync()
    {
        await Task.Delay(s_breath, _time, _stop.Token);
        using var due = new CancellationTokenSource(_options.KeepWarmInterval, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, due.Token);
        try
        {
            do { await _wake.Reader.ReadAsync(linked.Token); }
            while (!IsWanting());
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested) { }
    }

    private bool IsWanting()
    {
        lock (_gate)
        {
            // With HTTP/2 one connection carries all.
            return _connections.Open < (_isMultiplexed ? Math.Min(1, _wanted) : _wanted) || _models.Any(m => m.IsNew);
        }
    }
}
