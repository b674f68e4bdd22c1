using System.Collections.Concurrent;

namespace Parley.Learning.Feedback;

/// <summary>How often a conversation may ask for what costs something: so many times a minute.</summary>
/// <remarks>Thread-safe. Of very many conversations those that began first begin anew.</remarks>
/// <param name="perMinute">Calls; 0: none.</param>
/// <param name="time">The clock.</param>
internal sealed class CallBudget(int perMinute, TimeProvider time)
{
    private const int MostSessions = 1_024;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Queue<long>> _calls = new(StringComparer.Ordinal);

    /// <summary>Takes one call, if there is one left.</summary>
    public bool TryTake(string sessionId)
    {
        if (_calls.Count >= MostSessions) { _calls.Clear(); }
        var calls = _calls.GetOrAdd(sessionId, _ => new Queue<long>());
        lock (calls)
        {
            while (calls.TryPeek(out var first) && time.GetElapsedTime(first) >= s_minute) { calls.Dequeue(); }
            if (calls.Count >= perMinute) { return false; }
            calls.Enqueue(time.GetTimestamp());
            return true;
        }
    }
}
