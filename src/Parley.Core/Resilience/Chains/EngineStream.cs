using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Parley.Diagnostics;
using Parley.Governance;
using Polly.CircuitBreaker;

namespace Parley.Resilience.Chains;

/// <summary>One call of one engine whose results come one after another: opened up to its first result, then read by its owner.</summary>
/// <remarks>
/// The first result has its timeout from the call on; each later one from when it is asked for, so that a reader may take its time. A later result
/// costs no allocation and no timer of its own: one timer looks now and then whether anything has come.
/// </remarks>
internal sealed class EngineStream<TItem> : IAsyncDisposable
{
    private readonly VoiceStage _stage;
    private readonly EngineGuard _guard;
    private readonly EngineTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience, _timeout, _idle;
    private readonly CancellationTokenSource _stop;
    private readonly ITimer _timer;
    private AbandonableEnumerator<TItem>? _items;
    private EngineLease? _lease;
    private Activity? _span;
    private long? _began;
    private TimeSpan? _latency;
    private long _tried, _asked, _seen = -1;
    private int _looks;
    private bool _waits, _isLate, _isOver = true;

    public EngineStream(
        EngineGuard guard, EngineTelemetry telemetry, int index, TimeSpan patience, StageResilienceOptions options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        (_stage, _guard, _telemetry, Index, _time) = (guard.Stage, guard, telemetry, index, time);
        (_patience, _timeout, _idle) = (patience, options.Timeout, options.IdleTimeout);
        IsTrial = guard.IsDoubted;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(static s => ((EngineStream<TItem>)s!).Look(), this, patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The engine's place in its chain.</summary>
    public int Index { get; }

    /// <summary>Whether the engine failed last, so that the call is to find out whether it works again.</summary>
    public bool IsTrial { get; }

    /// <summary>Whether there is a first result; else the stream ended without one.</summary>
    public bool HasFirst { get; private set; }

    public TItem Current => _items!.Current;

    /// <summary>How long the first result may take.</summary>
    public TimeSpan Patience => _patience;

    /// <summary>Calls the engine, and again while nothing has come of it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="open">Opens its stream.</param>
    /// <param name="state">What it is asked.</param>
    /// <param name="order">When it should have its turn.</param>
    /// <exception cref="VoiceException">It failed, or was late.</exception>
    public async ValueTask OpenAsync<TPort, TState>(TPort engine, Func<TPort, TState, CancellationToken, IAsyncEnumerable<TItem>> open, TState state, CallOrder order)
    {
        // Nobody waits for a background call: its time begins with its turn, and how long it waits for that is the scheduler's to say.
        var isAwaited = order.Priority == CallPriority.Interactive;
        if (!isAwaited) { StopTimer(); }
        try
        {
            _lease = await _guard.Slots.EnterAsync(order, _stop.Token);
            if (!isAwaited) { _timer.Change(_patience, Timeout.InfiniteTimeSpan); }
            _began = _time.GetTimestamp();
            _isOver = false;
            _span = ParleyTraces.EngineCall(_stage, _guard.Name, _guard.IsLocal, IsTrial);
            _telemetry.Begin();
            HasFirst = await _guard.RunAsync(
                static s => s.stream.TryAsync(s.open(s.engine, s.state, s.stream._stop.Token)), (stream: this, open, engine, state), _patience, _stop.Token);
        }
        catch (OperationCanceledException) when (_isLate)
        {
            throw Late(); // While waiting for its turn, or in the pause before another try.
        }
        if (!HasFirst)
        {
            // How soon nothing comes says nothing of how soon something does.
            _guard.Served();
            Succeed();
            return;
        }
        // Of the try that served: what failed before it, and the pause, say nothing of how soon it answers.
        _latency = _time.GetElapsedTime(_tried);
        _span.FirstResult();
    }

    /// <summary>Listens to a call that somebody else makes: its timeouts are there, and here nothing of it is measured or counted.</summary>
    /// <param name="open">Begins to listen.</param>
    /// <exception cref="VoiceException">The call failed.</exception>
    public async ValueTask ListenAsync(Func<CancellationToken, IAsyncEnumerable<TItem>> open)
    {
        StopTimer();
        HasFirst = await TryAsync(open(_stop.Token));
    }

    /// <summary>All results, the first included.</summary>
    /// <param name="failed">Told of a failure before it is thrown; null: nobody has to be.</param>
    /// <param name="cancellationToken">The caller's own, by which it gives the stream up.</param>
    /// <exception cref="VoiceException">The call failed after its first result.</exception>
    public async IAsyncEnumerable<TItem> ReadAsync(Action<VoiceException>? failed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var more = HasFirst; more;)
        {
            yield return Current;
            try
            {
                more = Arrived(await MoveNextAsync());
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                var failure = Fail(e);
                failed?.Invoke(failure);
                ExceptionDispatchInfo.Throw(failure);
            }
        }
    }

    /// <summary>Gives the stream up, from another thread: the engine is told to stop.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Asks for the next result; what comes goes to <see cref="Arrived"/>, what is thrown to <see cref="Fail"/>.</summary>
    public ValueTask<bool> MoveNextAsync()
    {
        WriteDown();
        _asked++;
        Volatile.Write(ref _waits, true);
        return _items!.MoveNextAsync();
    }

    /// <param name="more">Whether a result has come; else the stream ended well.</param>
    public bool Arrived(bool more)
    {
        Volatile.Write(ref _waits, false);
        if (!more) { Succeed(); }
        return more;
    }

    /// <summary>The call failed.</summary>
    /// <returns>The failure as callers know it.</returns>
    public VoiceException Fail(Exception failure)
    {
        WriteDown();
        var known = failure is OperationCanceledException && _isLate ? Late() : FailureRules.ToVoiceException(_stage, failure);
        if (!_isOver)
        {
            _isOver = true;
            if (FailureRules.IsEnginesFault(known)) { _telemetry.Failed(); } else { _telemetry.Abandoned(); }
            _span.End(known.Class.ToString());
            if (_isLate) { _lease?.Lost(); }
            _lease?.Dispose();
            if (HasFirst) { _guard.Report(known); }
        }
        return known;
    }

    public async ValueTask DisposeAsync()
    {
        WriteDown();
        await _timer.DisposeAsync();
        if (!_isOver)
        {
            _isOver = true;
            _span.End();
            _telemetry.Abandoned();
        }
        _stop.Cancel();
        try
        {
            if (_items is not null) { await _items.DisposeAsync(); }
        }
        finally
        {
            _lease?.Dispose();
        }
        _stop.Dispose();
    }

    private async ValueTask<bool> TryAsync(IAsyncEnumerable<TItem> opened)
    {
        _tried = _time.GetTimestamp();
        var items = new AbandonableEnumerator<TItem>(opened.GetAsyncEnumerator(_stop.Token));
        try
        {
            var move = items.MoveNextAsync();
            // An engine that does not listen to its token is left behind.
            using var leaving = move.IsCompleted ? default : _stop.Token.UnsafeRegister(static s => ((AbandonableEnumerator<TItem>)s!).Abandon(), items);
            var more = await move;
            _items = items;
            return more;
        }
        catch (Exception e)
        {
            // Whoever gives a call up after the stage's timeout has waited long enough: the last engine, too, is late then.
            _isLate |= e is OperationCanceledException && _began is { } began && _time.GetElapsedTime(began) >= _timeout;
            await items.DisposeAsync();
            if (e is OperationCanceledException && _isLate) { throw Late(); }
            ExceptionDispatchInfo.Throw(e is OperationCanceledException or BrokenCircuitException ? e : FailureRules.ToVoiceException(_stage, e));
            throw;
        }
    }

    /// <summary>What the first result says of its engine, and from when on the next one is late: after the result was passed on, which waits for none of it.</summary>
    private void WriteDown()
    {
        if (_latency is not { } latency) { return; }
        _latency = null;
        _guard.Served();
        _telemetry.Measured(latency);
        _lease?.Measured(latency);
        _timer.Change(_idle / 2, _idle / 2);
    }

    private void StopTimer() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void Succeed()
    {
        if (_isOver) { return; }
        _isOver = true;
        _span.End();
        _telemetry.Succeeded();
        _lease?.Dispose();
    }

    /// <summary>
    /// The timer: the first result is late, or it has looked three times, half the idle time apart, and the same one was waited for. So a stall
    /// is found after one to one and a half times the idle time.
    /// </summary>
    private void Look()
    {
        if (HasFirst)
        {
            var asked = Volatile.Read(ref _asked);
            _looks = !Volatile.Read(ref _waits) ? 0 : asked == _seen ? _looks + 1 : 1;
            _seen = asked;
            if (_looks < 3) { return; }
        }
        _isLate = true;
        _stop.Cancel();
        if (HasFirst) { _items!.Abandon(); }
    }

    private VoiceException Late() => new(
        _stage, HasFirst ? $"{_guard.Name} fell silent for {_idle.TotalSeconds:0.###} s." : $"{_guard.Name} gave nothing within {_patience.TotalSeconds:0.###} s.",
        isTransient: true, new TimeoutException()) { Class = FailureClass.Network };
}
