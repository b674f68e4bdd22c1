namespace Parley.Timeline;

/// <summary>Something that happened in a session.</summary>
/// <param name="At">Session time.</param>
/// <param name="Kind">What: a message's type, or a decision such as <c>turn.end</c>.</param>
/// <param name="Data">The message or the decision's details.</param>
public readonly record struct TimelineEntry(TimeSpan At, string Kind, object? Data);
