namespace Parley.Replies;

/// <summary>An answer that the learner may say or choose next.</summary>
/// <param name="Id">Stable within the turn that offered it.</param>
/// <param name="Text">What to say.</param>
public sealed record Suggestion(string Id, string Text);
