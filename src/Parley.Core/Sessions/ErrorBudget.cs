namespace Parley.Sessions;

/// <summary>Counts a client's errors: twenty in ten seconds are too many.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class ErrorBudget(TimeProvider time)
{
    private const int Limit = 20;
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    private readonly Queue<long> _errors = new(Limit);

    /// <summary>Counts an error.</summary>
    /// <returns>Whether the budget is spent.</returns>
    public bool Spend()
    {
        var now = time.GetTimestamp();
        while (_errors.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) > s_window) { _errors.Dequeue(); }
        _errors.Enqueue(now);
        return _errors.Count >= Limit;
    }
}
