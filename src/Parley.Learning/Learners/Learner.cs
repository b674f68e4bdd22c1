using Parley.Transports.Protocol;

namespace Parley.Learning.Learners;

/// <summary>Somebody who learns.</summary>
/// <param name="Id">As the client names them in <c>session.start</c>.</param>
/// <param name="Since">When they first spoke.</param>
public sealed record Learner(string Id, DateTimeOffset Since)
{
    /// <summary>The language that they grew up with, as BCP 47 names it; null where nobody said.</summary>
    public string? FirstLanguage { get; init; }

    /// <summary>The level that they, or their teacher, set; null where nobody did.</summary>
    public CefrLevel? Level { get; init; }
}
