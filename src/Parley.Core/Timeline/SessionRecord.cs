using Parley.Transports.Protocol;

namespace Parley.Timeline;

/// <summary>What is known of a session besides its timeline.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="StartedAt">When it was started first.</param>
/// <param name="Config">The configuration as applied.</param>
/// <param name="Seed">What its chance comes from.</param>
/// <param name="Version">The version of Parley that ran it last.</param>
public sealed record SessionRecord(string Id, DateTimeOffset StartedAt, SessionConfig Config, long Seed, string Version)
{
    /// <summary>The learner, where the client named one.</summary>
    public string? LearnerId { get; init; }

    /// <summary>The token that resumes it; null if nothing does.</summary>
    public ResumeToken? Token { get; init; }

    /// <summary>When it ended; null while it runs, and after a crash.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended, such as <c>client</c>, <c>disconnected</c> or <c>shutdown</c>.</summary>
    public string? EndReason { get; init; }
}
