using System.Collections.Concurrent;
using System.Diagnostics;

namespace Parley.Diagnostics;

/// <summary>A session's trace: the span of its life here, and those of its turns.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SessionTrace : IDisposable
{
    private readonly Activity? _span;
    private readonly bool _withSpeech;
    private readonly ConcurrentDictionary<TurnTrace, byte>? _turns;

    public SessionTrace(string sessionId, bool isResumed, bool withSpeech)
    {
        if (!ParleyTraces.Source.HasListeners()) { return; }
        var before = Activity.Current;
        var parent = new ActivityContext(ActivityTraceId.CreateFromString(ParleyTraces.IdOf(sessionId)), default, ActivityTraceFlags.Recorded);
        _span = ParleyTraces.Source.StartActivity("session", ActivityKind.Server, parent);
        // The session's loop has no current span: what it starts belongs to turns.
        Activity.Current = before;
        _span?.SetTag("parley.session.id", sessionId).SetTag("parley.session.resumed", isResumed);
        (_withSpeech, _turns) = (withSpeech, _span is null ? null : new());
    }

    /// <summary>A turn begins.</summary>
    /// <returns>Null: nobody looks.</returns>
    public TurnTrace? Begin(string turnId)
    {
        if (_span is null) { return null; }
        var before = Activity.Current;
        var span = ParleyTraces.Source.StartActivity("turn", ActivityKind.Internal, _span.Context);
        Activity.Current = before;
        if (span is null) { return null; }
        var turn = new TurnTrace(span.SetTag("parley.turn.id", turnId), _withSpeech, t => _turns!.TryRemove(t, out _));
        _turns![turn] = 0;
        return turn;
    }

    /// <summary>The session is over here; turns that are still open end with it.</summary>
    public void Dispose()
    {
        foreach (var turn in _turns?.Keys ?? []) { turn.End("session"); }
        _span.End();
    }
}
