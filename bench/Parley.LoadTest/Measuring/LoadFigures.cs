using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HdrHistogram;

namespace Parley.LoadTest.Measuring;

/// <summary>What all clients saw while it was measured.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LoadFigures
{
    private readonly ConcurrentDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private long _stale, _gaps, _packets, _sent, _notSent, _resumed, _lost, _interruptions;
    private volatile bool _isMeasuring;

    /// <summary>From the last frame of speech sent to the first of the answer received.</summary>
    public Times FirstAudio { get; } = new();

    /// <summary>As the server tells it for each turn: first audio less its engines and the silence that ends a turn.</summary>
    public Times Overhead { get; } = new();

    /// <summary>How much later than 20 ms after the one before it a packet came.</summary>
    public Times Jitter { get; } = new();

    /// <summary>From a frame sent to its echo received.</summary>
    public Times Echo { get; } = new();

    /// <summary>How late the microphones' frames were: what the machine's load does to the clients themselves.</summary>
    public Times Lateness { get; } = new();

    /// <summary>Whether what happens counts.</summary>
    public bool IsMeasuring
    {
        get => _isMeasuring;
        set
        {
            _isMeasuring = value;
            foreach (var times in (Times[])[FirstAudio, Overhead, Jitter, Echo, Lateness]) { times.IsMeasuring = value; }
        }
    }

    public void Packet() => Count(ref _packets);

    /// <summary>A packet of a reply that was cancelled before.</summary>
    public void Stale() => Count(ref _stale);

    /// <summary>The listener heard a hole.</summary>
    public void Gap() => Count(ref _gaps);

    public void Sent() => Count(ref _sent);

    /// <summary>The server had not taken the frame before.</summary>
    public void NotSent() => Count(ref _notSent);

    public void Interrupted() => Count(ref _interruptions);

    public void Resumed() => Count(ref _resumed);

    /// <summary>A conversation is over that should not be.</summary>
    public void Lost() => Count(ref _lost);

    public void Error(string code) { if (_isMeasuring) { _errors.AddOrUpdate(code, 1, static (_, n) => n + 1); } }

    public JsonObject ToJson() => new()
    {
        ["turns"] = Overhead.Count,
        ["first_audio_ms"] = FirstAudio.ToJson(),
        ["overhead_ms"] = Overhead.ToJson(),
        ["jitter_ms"] = Jitter.ToJson(),
        ["echo_ms"] = Echo.ToJson(),
        ["microphone_late_ms"] = Lateness.ToJson(),
        ["packets"] = _packets,
        ["stale"] = _stale,
        ["gaps"] = _gaps,
        ["frames_sent"] = _sent,
        ["frames_not_taken"] = _notSent,
        ["interruptions"] = _interruptions,
        ["resumed"] = _resumed,
        ["lost"] = _lost,
        ["errors"] = new JsonObject(_errors.Select(e => KeyValuePair.Create<string, JsonNode?>(e.Key, e.Value))),
    };

    private void Count(ref long figure) { if (_isMeasuring) { Interlocked.Increment(ref figure); } }

    /// <summary>Times up to a minute, to a thousandth of each (Tene, HdrHistogram).</summary>
    internal sealed class Times
    {
        private const long Microseconds = 1_000_000;

        private readonly LongHistogram _histogram = new(60 * Microseconds, 3);
        private readonly Lock _lock = new();

        public bool IsMeasuring { get; set; }

        public long Count { get { lock (_lock) { return _histogram.TotalCount; } } }

        public void Add(TimeSpan time)
        {
            if (!IsMeasuring) { return; }
            lock (_lock) { _histogram.RecordValue(Math.Clamp((long)time.TotalMicroseconds, 0, 60 * Microseconds - 1)); }
        }

        public JsonObject? ToJson()
        {
            lock (_lock)
            {
                return _histogram.TotalCount == 0 ? null : new JsonObject
                {
                    ["p50"] = Ms(50), ["p95"] = Ms(95), ["p99"] = Ms(99), ["max"] = Ms(100),
                };
            }
        }

        private double Ms(double percent) => Math.Round(_histogram.GetValueAtPercentile(percent) / 1_000.0, 2);
    }
}
