using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Parley.Replies.Tools;
using Parley.Resilience;
using Parley.Sessions;
using Parley.Sessions.Admission;
using Parley.Tts.Caching;
using Parley.Turns;
using Parley.Turns.Interruptions;

namespace Parley.Diagnostics;

/// <summary>Every instrument of the engine, with its name, in one place. Durations are histograms in seconds; no tag holds an id or speech.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ParleyMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Parley.Voice";

    /// <summary>
    /// From 1 ms, what Parley itself takes, to 30 s, what a slow engine takes. Neighbours lie a factor of 1.2 to 2 apart, closest where conversations are judged
    /// (0.2 to 2 s): a percentile that is interpolated between two of them is off by no more than their distance.
    /// </summary>
    internal static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries =
            [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.2, 1.5, 2, 3, 4, 6, 8, 12, 20, 30],
    };

    private readonly Meter _meter;
    private readonly ConcurrentDictionary<string, Func<long>> _queues = new(StringComparer.Ordinal);
    private readonly Histogram<double> _endpoint, _firstPartial, _final, _firstToken, _ttsFirstAudio, _firstAudio, _overhead, _bargeInStop, _tool, _feedback;
    private readonly Counter<long> _interruptions, _falseInterruptions, _droppedAudio, _stalePackets, _clampedPlayback, _notObserved, _errors, _degraded;
    private readonly Counter<long> _drafts, _draftsKept, _resumed, _storeFailures, _recovered, _entriesLost, _skipped, _refused;
    private readonly UpDownCounter<long> _sessions;
    private readonly Histogram<double> _engineWait;

    public ParleyMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _endpoint = Duration("parley.turn.endpoint.duration", "Last speech sample to turn end decided");
        _firstPartial = Duration("parley.asr.first_partial.duration", "First speech sample to first partial sent");
        _final = Duration("parley.asr.final.duration", "Last speech sample to final transcript");
        _firstToken = Duration("parley.reply.first_token.duration", "Turn end to first token");
        _ttsFirstAudio = Duration("parley.tts.first_audio.duration", "First clause ready to first audio chunk");
        _firstAudio = Duration("parley.turn.first_audio.duration", "Last speech sample to first audible sample sent");
        _overhead = Duration("parley.turn.overhead.duration", "First audio minus engines and the endpoint's set silence");
        _bargeInStop = Duration("parley.barge_in.stop.duration", "First speech sample of an interruption to last stale sample sent");
        _feedback = Duration("parley.feedback.first.duration", "Last speech sample to first feedback sent");
        _tool = Duration("parley.tool.duration", "A tool called to its result");
        _interruptions = _meter.CreateCounter<long>("parley.turn.interruptions");
        _falseInterruptions = _meter.CreateCounter<long>("parley.turn.false_interruptions");
        _droppedAudio = _meter.CreateCounter<long>("parley.audio.dropped", description: "Times that a client's audio was refused because it came too fast");
        _stalePackets = _meter.CreateCounter<long>("parley.audio.stale_packets", description: "Packets stopped at the fence");
        _clampedPlayback = _meter.CreateCounter<long>("parley.playback.clamped", description: "Playback reports that went backwards or beyond what was sent");
        _notObserved = _meter.CreateCounter<long>("parley.observer.dropped");
        _errors = _meter.CreateCounter<long>("parley.errors");
        _degraded = _meter.CreateCounter<long>("parley.degraded");
        _drafts = _meter.CreateCounter<long>("parley.speculation.drafts", description: "Replies begun before the turn had ended");
        _draftsKept = _meter.CreateCounter<long>("parley.speculation.kept", description: "Drafts that were told; the rest came to nothing");
        _resumed = _meter.CreateCounter<long>("parley.session.resumed");
        _refused = _meter.CreateCounter<long>("parley.session.refused", description: "Sessions that were told to come back later, by why");
        _storeFailures = _meter.CreateCounter<long>("parley.store.failures", description: "Times that the store could not be read");
        _recovered = _meter.CreateCounter<long>("parley.watchdog.recovered", description: "Sessions that hung and were got going again, by where");
        _entriesLost = _meter.CreateCounter<long>("parley.store.lost_entries", description: "Timeline entries that could not be stored");
        _skipped = _meter.CreateCounter<long>("parley.device.skipped", description: "What a device sent and nobody understood, by dialect and kind");
        _engineWait = Duration("parley.engine.wait.duration", "A call that had to wait: it came to its turn at the engine");
        _sessions = _meter.CreateUpDownCounter<long>("parley.session.active");
        _meter.CreateObservableGauge(
            "parley.queue.depth", () => _queues.Select(q => new Measurement<long>(q.Value(), new KeyValuePair<string, object?>("queue", q.Key))), description: "What waits, by queue; of queues that each session has, the fullest");
    }

    /// <summary>From now on tells how much waits in a queue.</summary>
    /// <param name="queue">Its name; another of this name takes its place.</param>
    /// <param name="depth">Called by whoever reads metrics, from any thread; waits for nothing.</param>
    public void ObserveQueue(string queue, Func<long> depth) => _queues[queue] = depth;

    /// <summary>From now on the engines' breakers, limits and queues can be read.</summary>
    public void ObserveEngines(Func<IEnumerable<EngineGuard>> engines)
    {
        Gauge("parley.engine.breaker", "0: closed, 1: open, 2: half open", g => (long)g.State);
        Gauge("parley.engine.limit", "Calls that an engine may have at a time", g => g.Slots.Read().Limit);
        Gauge("parley.engine.in_use", "Calls that it has", g => g.Slots.Read().InUse);
        Gauge("parley.engine.waiting", "Calls that wait for their turn", g => g.Slots.Read().Waiting);
        Counter("parley.engine.shed", "Calls that were turned away", g => g.Slots.Read().Shed);
        Counter("parley.engine.forgotten_leases", "Places that were not given back and had to be taken", g => g.Slots.Read().Forgotten);
        Counter("parley.engine.answers", "Calls that an engine answered", g => g.Answers);
        Counter("parley.engine.cloud_fallbacks", "Calls that an engine elsewhere answered in place of one of this house", g => g.CloudFallbacks);
        _meter.CreateObservableGauge("parley.local_infer_rate", () => Share(engines, g => g.IsLocal ? g.Answers : 0), description: "Share of all calls that engines of this house answered");
        _meter.CreateObservableGauge("parley.cloud_fallback_rate", () => Share(engines, g => g.CloudFallbacks), description: "Share of all calls that engines elsewhere answered in place of one of this house");

        void Gauge(string name, string description, Func<EngineGuard, long> read) =>
            _meter.CreateObservableGauge(name, () => engines().Select(g => Measure(g, read)), description: description);

        void Counter(string name, string description, Func<EngineGuard, long> read) =>
            _meter.CreateObservableCounter(name, () => engines().Select(g => Measure(g, read)), description: description);

        static Measurement<long> Measure(EngineGuard g, Func<EngineGuard, long> read) =>
            new(read(g), new KeyValuePair<string, object?>("stage", g.Stage.ToString()), new KeyValuePair<string, object?>("engine", g.Name), new KeyValuePair<string, object?>("local", g.IsLocal ? "true" : "false"));
    }

    /// <summary>None before the first call: a share of nothing is no number.</summary>
    private static IEnumerable<Measurement<double>> Share(Func<IEnumerable<EngineGuard>> engines, Func<EngineGuard, long> part)
    {
        var (all, some) = (0L, 0L);
        foreach (var guard in engines()) { (all, some) = (all + guard.Answers, some + part(guard)); }
        return all == 0 ? [] : [new Measurement<double>((double)some / all)];
    }

    /// <summary>From now on tells of the sessions that run, and of how much waits in them.</summary>
    public void Observe(SessionRegistry sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        _meter.CreateObservableGauge("parley.session.limit", () => sessions.Max, description: "Sessions that may run at a time");
        ObserveQueue("mailbox", () => sessions.Most(static s => s.Mailbox));
        ObserveQueue("outbox", () => sessions.Most(static s => s.Outbox));
    }

    /// <summary>From now on tells what new sessions are let in by.</summary>
    public void Observe(AdmissionGate gate, LoadMeter load)
    {
        _meter.CreateObservableGauge("parley.admission.open", () => gate.ClosedFor is null ? 1 : 0, description: "Whether new sessions are let in (1) or told to come back later (0), room aside");
        _meter.CreateObservableGauge("parley.admission.cpu", () => load.Read().Cpu, description: "Share of the machine's processors that this process uses, smoothed");
        _meter.CreateObservableGauge("parley.admission.lateness", () => load.Read().Lateness.TotalSeconds, unit: "s", description: "How late timers fire, 95th percentile of five seconds");
    }

    /// <summary>From now on tells of replies that were made without what is remembered of a learner.</summary>
    /// <param name="late">How many did not wait for it.</param>
    /// <param name="unread">For how many it could not be read.</param>
    public void ObserveMemory(Func<long> late, Func<long> unread)
    {
        _meter.CreateObservableCounter("parley.memory.late", late, description: "Replies that did not wait for what is remembered of a learner");
        _meter.CreateObservableCounter("parley.memory.unread", unread, description: "Replies without what is remembered of a learner, which could not be read");
    }

    public void EngineWaitedFor(VoiceStage stage, TimeSpan wait) =>
        _engineWait.Record(wait.TotalSeconds, new KeyValuePair<string, object?>("stage", stage.ToString()));

    /// <summary>The meter that all instruments belong to.</summary>
    public Meter Meter => _meter;

    /// <summary>Reports a speech cache from now on: lookups by result, clauses spoken beforehand, and bytes held.</summary>
    public void Observe(SpeechCache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        _meter.CreateObservableCounter("parley.cache.lookups", () => Lookups(cache.Read()), description: "Clauses asked for, by where they came from");
        _meter.CreateObservableCounter("parley.cache.prefetched", () => cache.Read().Prefetched, description: "Clauses spoken before anybody asked");
        _meter.CreateObservableCounter("parley.cache.evicted", () => cache.Read().Evicted, description: "Clauses that left the memory for others");
        _meter.CreateObservableGauge("parley.cache.hit_rate", () => cache.Read().HitRate, description: "Share of clauses that were not spoken anew");
        _meter.CreateObservableGauge("parley.cache.memory", () => cache.Read().MemoryBytes, "By");
        _meter.CreateObservableGauge("parley.cache.disk", () => cache.Read().DiskBytes, "By");

        static IEnumerable<Measurement<long>> Lookups(SpeechCacheReadings r) =>
            [Of(r.MemoryHits, "memory"), Of(r.DiskHits, "disk"), Of(r.Joined, "joined"), Of(r.Misses, "miss")];

        static Measurement<long> Of(long count, string result) => new(count, new KeyValuePair<string, object?>("result", result));
    }

    public void SessionOpened() => _sessions.Add(1);

    public void SessionClosed() => _sessions.Add(-1);

    public void Interrupted() => _interruptions.Add(1);

    /// <summary>A reply was held for something that was no interruption.</summary>
    public void InterruptionWasFalse(InterruptionKind kind) =>
        _falseInterruptions.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString().ToLowerInvariant()));

    public void DraftBegun() => _drafts.Add(1);

    public void DraftKept() => _draftsKept.Add(1);

    public void SessionResumed() => _resumed.Add(1);

    public void SessionRefused(Overload why) => _refused.Add(1, new KeyValuePair<string, object?>("why", why.ToString()));

    public void StoreFailed() => _storeFailures.Add(1);

    public void Recovered(Pipeline.Stall stall) => _recovered.Add(1, new KeyValuePair<string, object?>("stall", stall.ToString()));

    public void AudioDropped() => _droppedAudio.Add(1);

    public void StalePacketStopped() => _stalePackets.Add(1);

    public void PlaybackWasClamped() => _clampedPlayback.Add(1);

    public void TurnNotObserved() => _notObserved.Add(1);

    /// <summary>The first feedback on a turn was sent.</summary>
    public void FeedbackBegan(TimeSpan sinceLastSpeech) => _feedback.Record(sinceLastSpeech.TotalSeconds);

    /// <summary>A device's frame, message or packet of audio was skipped.</summary>
    public void DeviceInputSkipped(string dialect, string what) =>
        _skipped.Add(1, new KeyValuePair<string, object?>("dialect", dialect), new KeyValuePair<string, object?>("what", what));

    public void EntriesLost(int count)
    {
        if (count > 0) { _entriesLost.Add(count); }
    }

    public void ErrorSent(string code) => _errors.Add(1, new KeyValuePair<string, object?>("code", code));

    public void DegradedTo(VoiceStage stage) => _degraded.Add(1, new KeyValuePair<string, object?>("stage", stage.ToString()));

    public void BargeInStopped(TimeSpan duration) => _bargeInStop.Record(duration.TotalSeconds);

    /// <summary>Tagged with the outcome alone: the name is the model's word.</summary>
    public void ToolEnded(ToolExchange exchange) =>
        _tool.Record(exchange.Duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", exchange.Outcome.ToString()));

    public void TurnMeasured(TurnTimings timings)
    {
        Record(_endpoint, timings.Endpoint);
        Record(_firstPartial, timings.AsrFirstPartial);
        Record(_final, timings.AsrFinal);
        Record(_firstToken, timings.ReplyFirstToken);
        Record(_ttsFirstAudio, timings.TtsFirstAudio);
        Record(_firstAudio, timings.FirstAudio);
        Record(_overhead, timings.Overhead);
    }

    public void Dispose() => _meter.Dispose();

    private Histogram<double> Duration(string name, string description) =>
        _meter.CreateHistogram(name, unit: "s", description, tags: null, advice: Buckets);

    private static void Record(Histogram<double> histogram, TimeSpan? duration)
    {
        if (duration is { } d) { histogram.Record(d.TotalSeconds); }
    }
}
