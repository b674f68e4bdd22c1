using Parley.Learning.Pronunciation;
using Parley.Replies;
using Parley.Turns.Coaching;

namespace Parley.Learning.Feedback;

/// <summary>Judges the pronunciation of turns that are probably over, while the silence that ends them still runs.</summary>
/// <remarks>Thread-safe. Holds one assessment a session; the oldest are given up when too many sessions ended without taking theirs.</remarks>
internal sealed class AssessmentsAhead
{
    private const int Capacity = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Ahead> _begun = [];
    private readonly Queue<Ahead> _order = new();

    /// <summary>Begins with a turn; what was begun for its session before is given up.</summary>
    /// <param name="turn">What was said so far.</param>
    /// <param name="assess">Judges it; ends by itself. Started on the pool.</param>
    public void Begin(SpokenTurn turn, Func<CancellationToken, Task<Assessment?>> assess)
    {
        var giveUp = new CancellationTokenSource();
        var ahead = new Ahead(turn, Task.Run(() => assess(giveUp.Token), giveUp.Token), giveUp);
        lock (_lock)
        {
            if (_begun.Remove(turn.SessionId, out var before)) { before.GiveUp(); }
            _begun[turn.SessionId] = ahead;
            _order.Enqueue(ahead);
            while (_order.Count > Capacity) { Drop(_order.Dequeue()); }
        }
    }

    /// <summary>What was begun for a turn, if it ended with these words; anything else of its session is given up.</summary>
    public Task<Assessment?>? Take(SpokenTurn turn)
    {
        lock (_lock)
        {
            if (!_begun.Remove(turn.SessionId, out var ahead)) { return null; }
            if (ahead.IsOf(turn)) { return ahead.Assessment; }
            ahead.GiveUp();
            return null;
        }
    }

    private void Drop(Ahead ahead)
    {
        if (_begun.TryGetValue(ahead.Turn.SessionId, out var newest) && newest == ahead)
        {
            _begun.Remove(ahead.Turn.SessionId);
            ahead.GiveUp();
        }
    }

    private sealed class Ahead(SpokenTurn turn, Task<Assessment?> assessment, CancellationTokenSource giveUp)
    {
        public SpokenTurn Turn => turn;

        public Task<Assessment?> Assessment => assessment;

        public bool IsOf(SpokenTurn other) =>
            turn.TurnId == other.TurnId && SpokenText.Normalize(turn.Text) == SpokenText.Normalize(other.Text) && turn.Config.Feedback?.TargetText == other.Config.Feedback?.TargetText;

        // Its failure, whatever it is, concerns nobody any more.
        public void GiveUp()
        {
            giveUp.Cancel();
            _ = assessment.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
