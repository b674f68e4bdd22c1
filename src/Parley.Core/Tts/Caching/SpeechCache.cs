using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Parley.Governance;
using Parley.Pipeline;

namespace Parley.Tts.Caching;

/// <summary>Speech that was made once, for all synthesisers of the process: in memory, and for the lines that everybody hears on disk.</summary>
/// <remarks>
/// Thread-safe. What is being spoken is shared by all who ask for it meanwhile. What a model said to one learner never touches the disk,
/// unless the options say so.
/// </remarks>
public sealed class SpeechCache : IAsyncDisposable
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly SpeechCacheOptions _options;
    private readonly SpeechMemory _memory;
    private readonly SpeechDisk _disk;
    private readonly TimeProvider _time;
    private readonly Dictionary<SpeechKey, SpeechFlight> _flights = [];
    private readonly HashSet<Task> _running = [];
    private readonly HashSet<string> _fixed = new(StringComparer.Ordinal);
    private long _memoryHits, _diskHits, _joined, _misses, _prefetched;
    private int _active;

    public SpeechCache(SpeechCacheOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time, _memory, _disk) = (options, time, new SpeechMemory(options.MemoryBytes), new SpeechDisk(options, time));
    }

    public SpeechCacheOptions Options => _options;

    /// <summary>Says where it is told that the cache cannot use its folder: what makes the cache has no log yet.</summary>
    public void LogTo(ILogger<SpeechCache> logger) => _disk.LogTo(logger);

    /// <summary>Whether somebody waits for speech that has to be made.</summary>
    public bool IsBusy => Volatile.Read(ref _active) > 0;

    /// <summary>What it has done so far.</summary>
    public SpeechCacheReadings Read()
    {
        lock (_lock)
        {
            return new(_memoryHits, _diskHits, _joined, _misses, _prefetched, _memory.Evicted, _memory.Bytes, _disk.Bytes);
        }
    }

    /// <summary>Declares clauses that are no secret of anybody: they go to the disk.</summary>
    public void DeclareFixed(IEnumerable<string> clauses) { lock (_lock) { _fixed.UnionWith(clauses); } }

    /// <summary>Whether a clause is here already, or is just being spoken.</summary>
    internal bool Contains(SpeechKey key)
    {
        lock (_lock) { if (_memory.Contains(key) || _flights.ContainsKey(key)) { return true; } }
        return _disk.Contains(key.Hash());
    }

    /// <summary>Speaks a clause: out of memory, with others who have asked for it, from the disk, or by a call of the engine.</summary>
    /// <param name="key">What is spoken, and by whom.</param>
    /// <param name="priority">Who waits for it.</param>
    /// <param name="patience">The time in which an interactive call has given its first audio or has failed.</param>
    /// <param name="call">Calls the engine; the token is the call's own, which may outlive whoever made it.</param>
    /// <param name="cancellationToken">Listens no longer.</param>
    internal async IAsyncEnumerable<SpeechChunk> SpeakAsync(
        SpeechKey key, CallPriority priority, TimeSpan patience, Func<CancellationToken, IAsyncEnumerable<SpeechChunk>> call,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isAwaited = priority == CallPriority.Interactive;
        long? deadline = isAwaited ? _time.GetTimestamp() + (long)(patience.TotalSeconds * _time.TimestampFrequency) : null;
        CachedSpeech? cached;
        SpeechFlight? flight = null, silent = null;
        Channel<SpeechChunk>? listener = null;
        var isNew = false;
        lock (_lock)
        {
            cached = _memory.Find(key);
            if (cached is not null) { _memoryHits += isAwaited ? 1 : 0; }
            else if (_flights.TryGetValue(key, out flight) && (listener = flight.TryJoin(deadline)) is not null) { _joined += isAwaited ? 1 : 0; }
            else
            {
                silent = flight;
                // Joined before others find it, and so before they can leave it.
                _flights[key] = flight = new SpeechFlight(deadline);
                listener = flight.TryJoin(deadline)!;
                isNew = true;
            }
        }
        foreach (var chunk in cached?.Chunks ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return chunk;
        }
        if (flight is null || listener is null) { yield break; }
        if (isAwaited) { Interlocked.Increment(ref _active); }
        try
        {
            silent?.GiveWay();
            if (isNew) { Begin(flight, key, call, isAwaited); }
            await foreach (var chunk in ListenAsync(flight, listener, cancellationToken)) { yield return chunk; }
        }
        finally
        {
            if (isAwaited) { Interlocked.Decrement(ref _active); }
        }
        if (isNew && !isAwaited) { lock (_lock) { _prefetched++; } }
    }

    /// <summary>Waits for what is still being written; a synthesiser that does not end is left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_lock) { running = [.. _running]; }
        await Task.WhenAny(Task.WhenAll(running), Task.Delay(s_grace, _time));
    }

    private static async IAsyncEnumerable<SpeechChunk> ListenAsync(
        SpeechFlight flight, Channel<SpeechChunk> listener, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var chunk in listener.Reader.ReadEachAsync(cancellationToken))
            {
                yield return chunk;
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            flight.Leave(listener);
        }
    }

    private void Begin(SpeechFlight flight, SpeechKey key, Func<CancellationToken, IAsyncEnumerable<SpeechChunk>> call, bool counts)
    {
        var run = RunAsync();
        if (run.IsCompleted) { return; }
        lock (_lock) { _running.Add(run); }
        _ = run.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        async Task RunAsync()
        {
            var (hash, fromDisk) = (key.Hash(), false);
            CachedSpeech? spoken = null;
            await flight.RunAsync(Source, chunks =>
            {
                if (chunks is { Count: > 0 }) { spoken = new CachedSpeech([.. chunks]); }
                lock (_lock)
                {
                    if (spoken is not null) { _memory.Add(key, spoken); }
                    // One that was given up, or was silent for too long, may have been replaced.
                    if (_flights.GetValueOrDefault(key) == flight) { _flights.Remove(key); }
                }
            });
            if (spoken is not null && !fromDisk && MayBeStored(key.Text)) { await _disk.StoreAsync(hash, spoken, CancellationToken.None); }

            async IAsyncEnumerable<SpeechChunk> Source([EnumeratorCancellation] CancellationToken cancellationToken)
            {
                if (_disk.Contains(hash) && await _disk.LoadAsync(hash, key.Text, cancellationToken) is { } stored)
                {
                    fromDisk = true;
                    lock (_lock) { _diskHits += counts ? 1 : 0; }
                    foreach (var chunk in stored.Chunks) { yield return chunk; }
                    yield break;
                }
                lock (_lock) { _misses += counts ? 1 : 0; }
                await foreach (var chunk in call(cancellationToken)) { yield return chunk; }
            }
        }

        void Remove(Task run) { lock (_lock) { _running.Remove(run); } }
    }

    private bool MayBeStored(string text) { lock (_lock) { return _options.StoreEverything || _fixed.Contains(text); } }
}
