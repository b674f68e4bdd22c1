namespace Parley.Timeline;

/// <summary>A session in a list.</summary>
/// <param name="Session">What is known of it.</param>
/// <param name="Turns">Turns that the user took.</param>
/// <param name="Entries">Entries of its timeline.</param>
/// <param name="Bytes">What its timeline takes, audio included.</param>
/// <param name="Length">Session time of its last entry.</param>
/// <param name="WrittenAt">When it was last written to, by the store's clock.</param>
public sealed record SessionSummary(SessionRecord Session, int Turns, long Entries, long Bytes, TimeSpan Length, DateTimeOffset WrittenAt);
