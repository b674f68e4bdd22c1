using Parley.Transports.Protocol;

namespace Parley.Turns.Coaching;

/// <summary>Finds what a learner could say better.</summary>
/// <remarks>Thread-safe. Called from a queue beside the conversation, which does not wait for it; what it throws is logged and ends nothing.</remarks>
public interface ITurnCoach
{
    /// <summary>A turn is probably over: the coach may begin with what takes long. <see cref="CoachAsync"/> follows for this turn, perhaps with other words, or nothing does.</summary>
    /// <remarks>Called on the session's loop: returns at once and throws nothing.</remarks>
    void Expect(SpokenTurn turn) { }

    /// <summary>Looks at a turn.</summary>
    /// <returns>Any number of <see cref="FeedbackDelta"/>, each as soon as it is found, and a <see cref="FeedbackFinal"/>; nothing where the configuration asks for no feedback.</returns>
    IAsyncEnumerable<ServerMessage> CoachAsync(SpokenTurn turn, CancellationToken cancellationToken);

    /// <summary>The learner did something with an item of feedback.</summary>
    /// <param name="learnerId">Who; null where nobody said.</param>
    /// <param name="ack">What they did. An item that is not known is passed over.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AcknowledgeAsync(string? learnerId, FeedbackAck ack, CancellationToken cancellationToken);
}
