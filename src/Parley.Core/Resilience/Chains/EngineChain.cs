using Parley.Diagnostics;
using Polly.CircuitBreaker;

namespace Parley.Resilience.Chains;

/// <summary>The engines of one stage, best first, as one: a call goes to the first that may be called, and on to the next when it fails.</summary>
/// <remarks>Thread-safe. A session has chains of its own, so that an engine which failed it is left alone by it for a while, however well others fare.</remarks>
internal sealed class EngineChain<TPort>
    where TPort : class
{
    private static readonly TimeSpan s_leastPatience = TimeSpan.FromMilliseconds(200);

    private readonly long[] _avoidUntil;

    public EngineChain(VoiceStage stage, IReadOnlyList<EngineLink<TPort>> links, StageResilienceOptions options, TimeProvider time, Random random, SessionHealth? health)
    {
        (Stage, Links, Options, Time, Random, Health) = (stage, links, options, time, random, health);
        _avoidUntil = new long[links.Count];
        Array.Fill(_avoidUntil, long.MinValue);
    }

    public VoiceStage Stage { get; }

    public IReadOnlyList<EngineLink<TPort>> Links { get; }

    public StageResilienceOptions Options { get; }

    public TimeProvider Time { get; }

    public Random Random { get; }

    private SessionHealth? Health { get; }

    /// <summary>Takes the next engine for a call.</summary>
    /// <param name="tried">The engines that the call has tried, a bit each; the one that is taken is added.</param>
    /// <returns>Its place; -1 when none is left. Engines that failed this session lately come last.</returns>
    public int Take(ref uint tried)
    {
        var now = Time.GetTimestamp();
        var index = Find(tried, now, alsoAvoided: false);
        if (index < 0) { index = Find(tried, now, alsoAvoided: true); }
        if (index >= 0) { tried |= 1u << index; }
        return index;
    }

    /// <summary>Whether another engine could take over from those that were tried.</summary>
    public bool HasOther(uint tried) => Find(tried, 0, alsoAvoided: true) >= 0;

    /// <summary>
    /// How long an engine is waited for. Its successor must be able to answer within the stage's timeout too. The last one gets longer, for a late answer
    /// is better than none.
    /// </summary>
    public TimeSpan Patience(uint tried)
    {
        var next = Find(tried, 0, alsoAvoided: true);
        if (next < 0) { return 3 * Options.Timeout; }
        var reserve = Links[next].Handle.Telemetry.Ewma ?? Links[next].Handle.Attributes.Latency;
        return Options.Timeout - (reserve < Options.Timeout / 2 ? reserve : Options.Timeout / 2);
    }

    /// <summary>The same where another engine can only be asked when this one has failed: one that failed last gets twice what it usually needs.</summary>
    public TimeSpan CautiousPatience(int index, uint tried)
    {
        var patience = Patience(tried);
        if (!Links[index].Guard.IsDoubted || !HasOther(tried)) { return patience; }
        var enough = 2 * (Links[index].Handle.Telemetry.Ewma ?? Links[index].Handle.Attributes.Latency);
        return TimeSpan.FromTicks(Math.Min(patience.Ticks, Math.Max(enough.Ticks, s_leastPatience.Ticks)));
    }

    /// <summary>An engine failed in this session.</summary>
    public void Failed(int index, Exception failure)
    {
        if (Health is null || !FailureRules.CallsForAnother(failure)) { return; }
        Volatile.Write(ref _avoidUntil[index], Time.GetTimestamp() + (long)(Options.Break.TotalSeconds * Time.TimestampFrequency));
    }

    /// <summary>An engine has given a first result.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="failure">Why one before it did not; null: none failed in this call.</param>
    public void Served(int index, Exception? failure)
    {
        Links[index].Guard.Answered(Links[0].Guard);
        if (Health is null) { return; }
        if (index == 0)
        {
            // What it spoke before it failed is still in the cache: that does not make it answer again.
            if (Links[0].Guard.IsDoubted) { return; }
            Health.Served(Stage, Links[0].Name, Links[0].Name, null);
            return;
        }
        // Who merely won a race against an engine that works does not replace it.
        var why = failure?.Message ?? (Links[0].Guard.CanServe && !IsAvoided(0, Time.GetTimestamp()) ? null : $"{Links[0].Name} rests after failures");
        if (why is not null) { Health.Served(Stage, Links[0].Name, Links[index].Name, why); }
    }

    /// <summary>What the caller is told where no engine may be called.</summary>
    public VoiceException NobodyLeft()
    {
        var wait = Links.Select(l => l.Guard.RestLeft).DefaultIfEmpty().Min();
        var failure = new VoiceException(
            Stage, $"No {Stage} engine can be called now: {string.Join(", ", Links.Select(l => l.Name))} {(Links.Count == 1 ? "rests" : "rest")} after failures.", isTransient: true);
        failure.Data[FailureRules.RetryAfterKey] = wait > TimeSpan.Zero ? wait : Options.Break;
        return failure;
    }

    /// <summary>The failure of a call as callers know it.</summary>
    public Exception Tell(Exception failure) =>
        failure is BrokenCircuitException ? NobodyLeft() : failure is OperationCanceledException ? failure : FailureRules.ToVoiceException(Stage, failure);

    private int Find(uint tried, long now, bool alsoAvoided)
    {
        for (var i = 0; i < Links.Count; i++)
        {
            if ((tried & (1u << i)) == 0 && Links[i].Guard.CanServe && (alsoAvoided || !IsAvoided(i, now))) { return i; }
        }
        return -1;
    }

    private bool IsAvoided(int index, long now) => Volatile.Read(ref _avoidUntil[index]) > now;
}
