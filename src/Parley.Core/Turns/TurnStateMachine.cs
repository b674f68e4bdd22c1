namespace Parley.Turns;

/// <summary>The states of a session and the ways between them. A way that is not listed is a bug and throws.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
public sealed class TurnStateMachine
{
    public TurnState State { get; private set; } = TurnState.Idle;

    /// <summary>Goes to <paramref name="next"/>.</summary>
    /// <returns>False if that is where it is already.</returns>
    /// <exception cref="InvalidOperationException">There is no such way.</exception>
    public bool MoveTo(TurnState next)
    {
        if (next == State) { return false; }
        if (!IsAllowed(State, next)) { throw new InvalidOperationException($"A turn cannot go from {State} to {next}."); }
        State = next;
        return true;
    }

    private static bool IsAllowed(TurnState from, TurnState to) => (from, to) switch
    {
        (_, TurnState.Idle) => true,
        (_, TurnState.Listening) => true,
        (_, TurnState.Thinking) => true,
        (TurnState.Thinking or TurnState.Paused, TurnState.Speaking) => true,
        (TurnState.Thinking or TurnState.Speaking, TurnState.Paused) => true,
        _ => false,
    };
}
