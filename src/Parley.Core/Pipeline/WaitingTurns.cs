using Parley.Timeline;

namespace Parley.Pipeline;

/// <summary>Turns of the user that were understood while the assistant spoke: they are remembered behind what it says.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class WaitingTurns(PipelineContext context)
{
    private readonly List<UnderstoodTurn> _turns = [];

    public void Add(UnderstoodTurn understood)
    {
        var (turn, text, confidence, isHeld) = understood;
        _turns.Add(understood);
        // Of more the oldest would be forgotten anyway.
        if (_turns.Count > context.Options.MaxHistory) { _turns.RemoveAt(0); }
        context.Timeline.Add(TimelineKinds.Waiting, new UserSpoke(turn.Id, text, confidence, turn.SuggestionId, isHeld));
    }

    /// <summary>Takes over from a session that was broken off.</summary>
    public void Restore(IEnumerable<UserSpoke> before, Func<string, Turn> find) =>
        _turns.AddRange(before.Select(w => new UnderstoodTurn(find(w.TurnId), w.Text, w.Confidence, w.Held)));

    public bool Has(string? turnId) => _turns.Exists(w => w.Turn.Id == turnId);

    /// <returns>Whether there was such a turn.</returns>
    public bool Remove(string turnId) => _turns.RemoveAll(w => w.Turn.Id == turnId) > 0;

    /// <summary>The assistant is silent: none waits any more.</summary>
    public IReadOnlyList<UnderstoodTurn> TakeAll()
    {
        UnderstoodTurn[] all = [.. _turns];
        _turns.Clear();
        return all;
    }
}
