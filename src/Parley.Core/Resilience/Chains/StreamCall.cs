using Parley.Diagnostics;
using Parley.Governance;
using Polly.CircuitBreaker;

namespace Parley.Resilience.Chains;

/// <summary>A call that is answered by a stream of results.</summary>
/// <param name="chain">The engines.</param>
/// <param name="open">Opens an engine's stream.</param>
/// <param name="state">What is asked.</param>
/// <param name="order">When it should have its turn.</param>
/// <param name="tried">The engines that failed it before, a bit each.</param>
/// <param name="failure">How the last of them failed.</param>
/// <param name="cancellationToken">Gives the call up, also once a stream is open.</param>
internal class StreamCall<TPort, TState, TItem>(
    EngineChain<TPort> chain, Func<TPort, TState, CancellationToken, IAsyncEnumerable<TItem>> open, TState state, CallOrder order, uint tried,
    Exception? failure, CancellationToken cancellationToken) : EngineCall<TItem>
    where TPort : class
{
    private Exception? _first = failure;
    private uint _tried = tried, _failed = tried;

    /// <summary>The engines that have failed it, a bit each.</summary>
    public uint Failed => Volatile.Read(ref _failed);

    public override bool HasMore => chain.HasOther(_tried);

    /// <summary>Finds the engine that serves the call.</summary>
    /// <exception cref="VoiceException">None can; it is the first engine's failure, which says most.</exception>
    public async ValueTask<EngineStream<TItem>> RunAsync(EngineRace<TItem> race)
    {
        var stream = await race.RunAsync(this, cancellationToken);
        chain.Served(stream.Index, _first);
        return stream;
    }

    public override EngineStream<TItem>? Next()
    {
        var index = chain.Take(ref _tried);
        if (index < 0) { return null; }
        return Stream(index, chain.Patience(_tried), cancellationToken);
    }

    public override async ValueTask<Exception?> OpenAsync(EngineStream<TItem> stream)
    {
        var link = chain.Links[stream.Index];
        if (chain.Options.Retries > 0) { IdempotencyKey.Current = RandomId.Next("", chain.Random); }
        Exception failure;
        try
        {
            await OpenAsync(stream, link);
            return null;
        }
        catch (Exception e) when (e is OperationCanceledException or BrokenCircuitException)
        {
            failure = e;
        }
#pragma warning disable CA1031 // Whatever an engine throws is an outcome: the race decides what follows.
        catch (Exception e)
#pragma warning restore CA1031
        {
            // Who stands in for another cannot blame the caller for what it cannot do.
            failure = _first is null || FailureRules.CallsForAnother(e) ? e : new VoiceException(chain.Stage, $"{link.Name} cannot stand in: {e.Message}", inner: e);
            stream.Fail(e);
            chain.Failed(stream.Index, e);
        }
        if (failure is not OperationCanceledException)
        {
            _first ??= Tell(failure);
            Interlocked.Or(ref _failed, 1u << stream.Index);
        }
        await stream.DisposeAsync();
        return failure;
    }

    public override Exception Tell(Exception failure) => chain.Tell(failure);

    public override Exception NobodyLeft() => _first ?? chain.NobodyLeft();

    /// <summary>What is asked.</summary>
    protected TState Asked => state;

    /// <summary>When it should have its turn.</summary>
    protected CallOrder Order => order;

    /// <summary>Opens the stream of a link up to its first result.</summary>
    protected virtual ValueTask OpenAsync(EngineStream<TItem> stream, EngineLink<TPort> link) => stream.OpenAsync(link.Handle.Engine, open, state, order);

    /// <summary>A stream of the engine at <paramref name="index"/>, not yet opened.</summary>
    protected EngineStream<TItem> Stream(int index, TimeSpan patience, CancellationToken cancellationToken)
    {
        var link = chain.Links[index];
        return new EngineStream<TItem>(link.Guard, link.Handle.Telemetry, index, patience, chain.Options, chain.Time, cancellationToken);
    }
}
