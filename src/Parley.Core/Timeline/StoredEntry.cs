namespace Parley.Timeline;

/// <summary>A <see cref="TimelineEntry"/> as it was stored.</summary>
/// <param name="Number">Its place in the session's timeline, from 1 on.</param>
/// <param name="At">Session time.</param>
/// <param name="Kind">One of <see cref="TimelineKinds"/>.</param>
/// <param name="Data">UTF-8 JSON, or PCM16 where the kind is <see cref="TimelineKinds.Audio"/>; empty where there is nothing to tell.</param>
public readonly record struct StoredEntry(long Number, TimeSpan At, string Kind, ReadOnlyMemory<byte> Data);
