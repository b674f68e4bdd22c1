namespace Parley.Replay;

/// <summary>An event that a replay did not repeat.</summary>
/// <param name="At">Session time.</param>
/// <param name="Lane">Which of the session's writers: <c>session</c>, or the <c>text</c> or <c>speech</c> of a generation.</param>
/// <param name="Recorded">The recorded event as JSON; null if there was none.</param>
/// <param name="Replayed">The replayed event as JSON; null if there was none.</param>
public sealed record ReplayDifference(TimeSpan At, string Lane, string? Recorded, string? Replayed);
