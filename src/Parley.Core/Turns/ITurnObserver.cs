namespace Parley.Turns;

/// <summary>Learns of finished turns, beside the conversation: feedback, recording, metrics.</summary>
/// <remarks>Called one turn at a time from a queue of its own, never on the audio path. Its failures are logged and end nothing.</remarks>
public interface ITurnObserver
{
    Task OnTurnFinishedAsync(FinishedTurn turn, CancellationToken cancellationToken);
}
