namespace Parley.Timeline;

/// <summary>What an archive holds.</summary>
/// <param name="Session">The session.</param>
/// <param name="Entries">Entries of its timeline.</param>
/// <param name="Audio">Duration of the user's audio; zero where none was recorded.</param>
public sealed record ArchiveContent(SessionRecord Session, long Entries, TimeSpan Audio);
