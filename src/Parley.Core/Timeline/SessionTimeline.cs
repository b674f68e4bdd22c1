using Parley.Recording;
using Parley.Transports.Protocol;

namespace Parley.Timeline;

/// <summary>The append-only record of one session: what came in, what was decided, what went out.</summary>
/// <remarks>Thread-safe. The newest entries stay in memory until there is a store; from then on all go there.</remarks>
public sealed class SessionTimeline(TimeProvider time)
{
    /// <summary>Entries that are kept in memory while there is no store; older ones make room.</summary>
    public const int Capacity = 256;

    /// <summary>Windows that are kept back until they are written in one entry, a second of them: that much of them a crash may lose.</summary>
    private const int WindowsTogether = 32;

    private readonly Lock _lock = new();
    private readonly Queue<TimelineEntry> _entries = new();
    private readonly Dictionary<Type, ServerMessage> _newest = [];
    private readonly long _start = time.GetTimestamp();

    // An entry of its own for each would be most of what is written of a session, and one for all between two entries still a third of it.
    private readonly float[] _windows = new float[WindowsTogether];
    private readonly long[] _windowsAt = new long[WindowsTogether], _windowsBefore = new long[WindowsTogether];
    private int _windowCount, _windowSamples;
    private TimeSpan _before;
    private long _last;
    private Action<TimelineEntry>? _store;

    /// <summary>Time since the session began.</summary>
    public TimeSpan Now => _before + time.GetElapsedTime(_start);

    /// <summary>From now on entries are stored too, those that are here first.</summary>
    /// <param name="store">Takes an entry and returns at once.</param>
    public void StoreIn(Action<TimelineEntry> store)
    {
        lock (_lock)
        {
            WriteWindows();
            while (_entries.TryDequeue(out var entry)) { store(entry); }
            _entries.TrimExcess();
            _store = store;
        }
    }

    /// <summary>Nothing more is stored.</summary>
    public void Seal()
    {
        lock (_lock)
        {
            WriteWindows();
            _store = null;
        }
    }

    /// <summary>The session was resumed: entries go on after <paramref name="last"/>, session time at <paramref name="now"/>.</summary>
    public void GoOnAfter(long last, TimeSpan now)
    {
        lock (_lock)
        {
            _last = last;
            _before = now - time.GetElapsedTime(_start);
        }
    }

    public void Add(string kind, object? data = null)
    {
        lock (_lock)
        {
            // What was decided by them is not to outlive them; and a session that goes on begins anew.
            if (kind is TimelineKinds.Begin or TimelineKinds.TurnEnd or TimelineKinds.Interruption || data is VadEvent) { WriteWindows(); }
            Write(kind, data);
        }
    }

    /// <summary>The detector judged a window. It is written with those that follow, a second of them or until something is decided by them.</summary>
    public void AddWindow(float probability, int samples)
    {
        lock (_lock)
        {
            if (_windowCount == WindowsTogether || _windowSamples != samples) { WriteWindows(); }
            (_windows[_windowCount], _windowsAt[_windowCount], _windowsBefore[_windowCount], _windowSamples) = (probability, Now.Ticks, _last + 1, samples);
            _windowCount++;
        }
    }

    /// <summary>The client sent a message. Tokens and audio do not stay in it: audio has entries of its own, if it may be kept.</summary>
    public void AddReceived(ClientMessage message) =>
        Add(TimelineKinds.Received, message switch
        {
            SessionResume resume => resume with { ResumeToken = null },
            AudioChunk audio => audio with { AudioBase64 = "" },
            _ => message,
        });

    /// <summary>A message has left. A resume token is a secret and does not stay here.</summary>
    public void AddSent(ServerMessage message)
    {
        var kept = message is SessionReady ready ? ready with { ResumeToken = "" } : message;
        lock (_lock) { _newest[kept.GetType()] = kept; }
        Add(TimelineKinds.Sent, kept);
    }

    /// <summary>The newest message of a kind that has left, however long ago; null: there was none.</summary>
    public T? NewestSent<T>()
        where T : ServerMessage
    {
        lock (_lock) { return _newest.GetValueOrDefault(typeof(T)) as T; }
    }

    /// <summary>A copy of what is in memory, in order; nothing, once it is stored.</summary>
    public IReadOnlyList<TimelineEntry> Snapshot()
    {
        lock (_lock)
        {
            WriteWindows();
            return [.. _entries];
        }
    }

    private void WriteWindows()
    {
        if (_windowCount == 0) { return; }
        Write(TimelineKinds.Windows, new RecordedWindows(
            _windows[.._windowCount], _windowSamples, _windowsAt[.._windowCount], _windowsBefore[.._windowCount]));
        _windowCount = 0;
    }

    private void Write(string kind, object? data)
    {
        var entry = new TimelineEntry(++_last, Now, kind, data);
        if (_store is { } store)
        {
            store(entry);
            return;
        }
        if (_entries.Count == Capacity) { _entries.Dequeue(); }
        _entries.Enqueue(entry);
    }
}
