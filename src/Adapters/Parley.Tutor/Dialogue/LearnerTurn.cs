namespace Parley.Tutor.Dialogue;

/// <summary>What came from the learner.</summary>
/// <param name="Text">What was said or typed; empty for silence; null where nobody has spoken yet.</param>
/// <param name="SuggestionId">The offered answer that was chosen, if one was.</param>
/// <param name="HasInterrupted">Whether the learner broke into the tutor's last reply, and so may not have heard its question.</param>
internal sealed record LearnerTurn(string? Text, string? SuggestionId = null, bool HasInterrupted = false);
