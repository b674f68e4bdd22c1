namespace Parley.Timeline;

/// <summary>Something that happened in a session.</summary>
/// <param name="Number">Its place in the session's timeline, from 1 on.</param>
/// <param name="At">Session time.</param>
/// <param name="Kind">One of <see cref="TimelineKinds"/>.</param>
/// <param name="Data">The message or the decision's details; never changed once it is here. <see cref="TimelineJson"/> writes it.</param>
public readonly record struct TimelineEntry(long Number, TimeSpan At, string Kind, object? Data);
