using System.Runtime.ExceptionServices;
using Parley.Diagnostics;
using Parley.Governance;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Parley.Resilience;

/// <summary>
/// Stands before one engine, for all who call it: tries a call again while nothing has come of it, and lets the engine rest when too many fail
/// or when it refuses to do more.
/// </summary>
/// <remarks>Thread-safe; there is one an engine in the process.</remarks>
public sealed class EngineGuard
{
    private static readonly TimeSpan s_longestBreak = TimeSpan.FromMinutes(1), s_longestQuota = TimeSpan.FromMinutes(10);
    private static readonly ResiliencePropertyKey<long> s_deadline = new("parley.deadline");
    private static readonly ResiliencePropertyKey<bool> s_isUndecided = new("parley.undecided");

    private readonly StageResilienceOptions _options;
    private readonly TimeProvider _time;
    private readonly CircuitBreakerStateProvider _circuit = new();
    private readonly ResiliencePipeline _breaker, _retries;
    private long _restsUntil, _lastCall, _answers, _cloudFallbacks;
    private bool _isDoubted;

    internal EngineGuard(VoiceStage stage, string name, StageResilienceOptions options, PriorityScheduler slots, TimeProvider time, Random random)
    {
        (Stage, Name, _options, Slots, _time) = (stage, name, options, slots, time);
        _restsUntil = _lastCall = time.GetTimestamp();
        _breaker = new ResiliencePipelineBuilder { TimeProvider = time }.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = options.FailureRatio,
            MinimumThroughput = options.MinimumCalls,
            SamplingDuration = options.Sampling,
            // Called at the moment of opening, within Polly's lock: no other hook runs on the caller's context.
            BreakDurationGenerator = args => ValueTask.FromResult(Rest(
                args.Context.Properties.GetValue(s_isUndecided, false) ? TimeSpan.Zero : BreakAfter(args.HalfOpenAttempts))),
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is Verdict.Broken || (args.Outcome.Exception is { } e && CountsAsFailure(e, args.Context))),
            StateProvider = _circuit,
        }).Build();
        var retries = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.Retries > 0)
        {
            retries.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = random.NextDouble,
                Delay = options.RetryDelay,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && IsInTime(e, args.Context.Properties.GetValue(s_deadline, 0))),
                DelayGenerator = static args => ValueTask.FromResult(args.Outcome.Exception is { } e ? FailureRules.RetryAfterOf(e) : null),
            });
        }
        _retries = retries.Build();
    }

    public VoiceStage Stage { get; }

    /// <summary>The engine's name.</summary>
    public string Name { get; }

    /// <summary>Who may call it now, and who waits.</summary>
    public PriorityScheduler Slots { get; }

    /// <summary>Whether it runs on this machine or on one that is as trusted.</summary>
    public bool IsLocal { get; internal init; } = true;

    /// <summary>Calls that it has answered so far; also from what it spoke before.</summary>
    public long Answers => Volatile.Read(ref _answers);

    /// <summary>Those of them that were meant for an engine of this house, this one being elsewhere.</summary>
    public long CloudFallbacks => Volatile.Read(ref _cloudFallbacks);

    /// <summary>What can be asked whether the engine works without making it work; null: only its callers find out.</summary>
    internal IEngineProbe? Probe { get; set; }

    /// <summary>Whether somebody probes the engine while it rests; then no caller has to find out.</summary>
    internal bool IsProbed { get; set; }

    /// <summary>The breaker's state.</summary>
    public BreakerState State => RestLeft > TimeSpan.Zero ? BreakerState.Open : _circuit.CircuitState == CircuitState.Closed ? BreakerState.Closed : BreakerState.HalfOpen;

    /// <summary>Whether it may be called now.</summary>
    public bool CanServe => State switch { BreakerState.Closed => true, BreakerState.HalfOpen => !IsProbed, _ => false };

    /// <summary>Whether the last that is known of it is a failure: until a call succeeds, nobody waits long for it.</summary>
    public bool IsDoubted => Volatile.Read(ref _isDoubted) || State == BreakerState.HalfOpen;

    /// <summary>How long it rests yet.</summary>
    public TimeSpan RestLeft
    {
        get
        {
            var left = _time.GetElapsedTime(_time.GetTimestamp(), Volatile.Read(ref _restsUntil));
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>How long nobody has called it.</summary>
    public TimeSpan Unused => _time.GetElapsedTime(Volatile.Read(ref _lastCall));

    /// <summary>A call was answered.</summary>
    /// <param name="first">The engine that it was meant for.</param>
    internal void Answered(EngineGuard first)
    {
        Interlocked.Increment(ref _answers);
        if (first.IsLocal && !IsLocal) { Interlocked.Increment(ref _cloudFallbacks); }
    }

    /// <summary>Calls the engine: again after a transient failure, not at all while the breaker is open. That it served is told by <see cref="Served"/>.</summary>
    /// <param name="call">One try; it ends with the first result.</param>
    /// <param name="state">What the call needs.</param>
    /// <param name="patience">The time for all tries; whoever calls sees to it that <paramref name="cancellationToken"/> ends a try that takes longer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BrokenCircuitException">The breaker is open.</exception>
    internal async ValueTask<TResult> RunAsync<TState, TResult>(
        Func<TState, ValueTask<TResult>> call, TState state, TimeSpan patience, CancellationToken cancellationToken)
    {
        var deadline = _time.GetTimestamp() + Ticks(patience);
        Exception failure;
        try
        {
            return await TryAsync(call, state, cancellationToken);
        }
        catch (Exception e) when (_options.Retries > 0 && IsInTime(e, deadline))
        {
            failure = e;
        }
        return await RetryAsync(failure, call, state, deadline, cancellationToken);
    }

    /// <summary>Calls the engine once, and counts that it served.</summary>
    /// <exception cref="BrokenCircuitException">The breaker is open.</exception>
    internal async ValueTask<TResult> RunOnceAsync<TState, TResult>(Func<TState, ValueTask<TResult>> call, TState state, CancellationToken cancellationToken)
    {
        var result = await TryAsync(call, state, cancellationToken);
        Served();
        return result;
    }

    /// <summary>A call of <see cref="RunAsync"/> served. Whoever passes results on at once tells it afterwards: Polly's count takes longer than the passing on.</summary>
    /// <remarks>A call that found out whether the engine works again was counted by Polly already, and is counted once more.</remarks>
    internal void Served() => Count(Verdict.Works);

    private ValueTask<TResult> TryAsync<TState, TResult>(Func<TState, ValueTask<TResult>> call, TState state, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _lastCall, _time.GetTimestamp());
        return _circuit.CircuitState == CircuitState.Closed ? CallAsync(call, state) : TryOutAsync(call, state, cancellationToken);
    }

    /// <summary>
    /// Polly is told what came of the call, instead of standing around it: to Polly every end that is not a failure is a success, also of a call that was
    /// cancelled or refused, and those say nothing. Besides, nothing is quicker than what is not there.
    /// </summary>
    private async ValueTask<TResult> CallAsync<TState, TResult>(Func<TState, ValueTask<TResult>> call, TState state)
    {
        try
        {
            var result = await call(state);
            Volatile.Write(ref _isDoubted, false);
            return result;
        }
        catch (Exception e)
        {
            Report(e);
            throw;
        }
    }

    /// <summary>The one call that finds out, after a rest, whether the engine works again; while it is under way there is no other.</summary>
    private async ValueTask<TResult> TryOutAsync<TState, TResult>(Func<TState, ValueTask<TResult>> call, TState state, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        try
        {
            var result = await _breaker.ExecuteAsync(static (_, s) => s.call(s.state), context, (call, state));
            Volatile.Write(ref _isDoubted, false);
            return result;
        }
        catch (Exception e)
        {
            Doubt(e);
            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Further tries. To Polly the failure of the first one is that of its own first try.</summary>
    private async ValueTask<TResult> RetryAsync<TState, TResult>(
        Exception? first, Func<TState, ValueTask<TResult>> call, TState state, long deadline, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, cancellationToken);
        context.Properties.Set(s_deadline, deadline);
        try
        {
            return await _retries.ExecuteAsync(
                _ =>
                {
                    if (Interlocked.Exchange(ref first, null) is { } failure) { ExceptionDispatchInfo.Throw(failure); }
                    return TryAsync(call, state, cancellationToken);
                },
                context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Asks the engine whether it works: the breaker closes or opens again by the answer. Never throws but when it is cancelled.</summary>
    /// <remarks>What speaks well of it is no call's success: an engine that is doubted stays so, and failures of calls do not count less for it.</remarks>
    internal async Task ProbeAsync(CancellationToken cancellationToken)
    {
        if (Probe is not { } probe || RestLeft > TimeSpan.Zero) { return; }
        Volatile.Write(ref _lastCall, _time.GetTimestamp());
        try
        {
            await probe.ProbeAsync(cancellationToken).AsTask().WaitAsync(_options.Timeout, _time, cancellationToken);
            if (_circuit.CircuitState != CircuitState.Closed) { Count(Verdict.Works); }
        }
#pragma warning disable CA1031 // A failed probe is an answer.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Report(e);
        }
    }

    /// <summary>A call failed; also one that had seemed to succeed.</summary>
    internal void Report(Exception failure)
    {
        Doubt(failure);
        if (FailureRules.SpeaksAgainstEngine(failure)) { Count(Verdict.Broken); }
    }

    /// <summary>As a result, for an exception that passed through Polly would forget where it came from.</summary>
    private void Count(Verdict verdict)
    {
        try
        {
            _breaker.Execute(static v => v, verdict);
        }
        catch (BrokenCircuitException)
        {
            // It has opened meanwhile; a call of before says nothing any more.
        }
    }

    private void Doubt(Exception failure)
    {
        if (FailureRules.SpeaksAgainstEngine(failure)) { Volatile.Write(ref _isDoubted, true); }
        if (FailureRules.ClassOf(failure) == FailureClass.Quota) { HoldOff(failure); }
    }

    /// <summary>Whether the breaker counts it. Where it is to find out whether the engine works again, what says nothing leaves it open, for the next call to find out.</summary>
    private bool CountsAsFailure(Exception failure, ResilienceContext context)
    {
        if (FailureRules.SpeaksAgainstEngine(failure)) { return true; }
        context.Properties.Set(s_isUndecided, true);
        return _circuit.CircuitState == CircuitState.HalfOpen;
    }

    private void HoldOff(Exception refusal)
    {
        var wait = FailureRules.RetryAfterOf(refusal) ?? BreakAfter(0);
        Rest(wait < s_longestQuota ? wait : s_longestQuota);
    }

    /// <summary>No sooner than that it is called again; a longer rest that it has already stays.</summary>
    private TimeSpan Rest(TimeSpan duration)
    {
        var until = _time.GetTimestamp() + Ticks(duration);
        for (var known = Volatile.Read(ref _restsUntil); known < until;)
        {
            var seen = Interlocked.CompareExchange(ref _restsUntil, until, known);
            if (seen == known) { break; }
            known = seen;
        }
        return duration;
    }

    private TimeSpan BreakAfter(int failedTrials)
    {
        var longest = _options.Break > s_longestBreak ? _options.Break : s_longestBreak;
        var doubled = _options.Break * Math.Pow(2, Math.Min(failedTrials, 10));
        return doubled < longest ? doubled : longest;
    }

    /// <summary>Whether a further try would still end in time.</summary>
    private bool IsInTime(Exception failure, long deadline) =>
        FailureRules.IsWorthAnotherTry(failure) && _time.GetElapsedTime(_time.GetTimestamp(), deadline) > (FailureRules.RetryAfterOf(failure) ?? _options.RetryDelay);

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _time.TimestampFrequency);

    /// <summary>What a call says of its engine.</summary>
    private enum Verdict { Works, Broken }
}
