namespace Parley.Timeline;

/// <summary>What the store knows of a resume token: not the token.</summary>
/// <param name="Hash">SHA-256 of it.</param>
/// <param name="ExpiresAt">From then on it resumes nothing.</param>
public readonly record struct ResumeToken(ReadOnlyMemory<byte> Hash, DateTimeOffset ExpiresAt);
