using Parley.Turns;

namespace Parley.Server.Api.Operations;

/// <summary>The newest turns of all sessions: when each was and where its time went, not what was said.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class TurnLog(TimeProvider time) : ITurnObserver
{
    /// <summary>So many are kept.</summary>
    public const int Capacity = 1_000;

    private readonly Lock _lock = new();
    private readonly Queue<LoggedTurn> _turns = new();

    public Task OnTurnFinishedAsync(FinishedTurn turn, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var isCut = turn.HeardText.TrimEnd().Length < turn.ReplyText.TrimEnd().Length;
        lock (_lock)
        {
            if (_turns.Count == Capacity) { _turns.Dequeue(); }
            _turns.Enqueue(new LoggedTurn(time.GetUtcNow(), turn.SessionId, turn.TurnId, isCut, turn.Timings));
        }
        return Task.CompletedTask;
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<LoggedTurn> Read() { lock (_lock) { return [.. _turns.Reverse()]; } }
}

/// <summary>A turn that is over.</summary>
/// <param name="At">When it was over.</param>
/// <param name="SessionId">The session.</param>
/// <param name="TurnId">The turn in it.</param>
/// <param name="IsCut">The reply was not heard to its end.</param>
/// <param name="Timings">Where the time went.</param>
internal sealed record LoggedTurn(DateTimeOffset At, string SessionId, string TurnId, bool IsCut, TurnTimings Timings);
