namespace Parley.Timeline;

/// <summary>Which sessions: those that fit everything that is set.</summary>
public sealed record SessionQuery
{
    /// <summary>The one with this id.</summary>
    public string? SessionId { get; init; }

    /// <summary>Those of this learner.</summary>
    public string? LearnerId { get; init; }

    /// <summary>Those that were last written to before this time, by the store's clock; never one that runs: begun in this store, not ended.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The newest so many.</summary>
    public int? Limit { get; init; }
}
