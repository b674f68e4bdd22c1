namespace Parley.Quality;

/// <summary>Something that is kept of a session: figures, never what was said.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="At">When.</param>
public abstract record FigureEntry(string SessionId, DateTimeOffset At);

/// <summary>A session began, or goes on.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="At">When.</param>
/// <param name="Learner">Whose it is, as <see cref="LearnerKey"/> gives it; null: nobody said.</param>
/// <param name="Scenario">What is practised.</param>
/// <param name="Variants">The variants that it gets, by experiment.</param>
public sealed record SessionEntry(string SessionId, DateTimeOffset At, string? Learner, string? Scenario, IReadOnlyDictionary<string, string> Variants) : FigureEntry(SessionId, At);

/// <summary>A session ended, or stopped for a while.</summary>
public sealed record EndEntry(string SessionId, DateTimeOffset At) : FigureEntry(SessionId, At);

/// <summary>A client told of something.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="At">When.</param>
/// <param name="Name">What, such as <c>time_to_feedback</c>.</param>
/// <param name="Value">Its value; null: it has none.</param>
/// <param name="Stage">The stage that it happened in; null: none.</param>
public sealed record EventEntry(string SessionId, DateTimeOffset At, string Name, double? Value, string? Stage) : FigureEntry(SessionId, At);

/// <summary>A turn was over.</summary>
public sealed record TurnEntry(string SessionId, DateTimeOffset At, string TurnId) : FigureEntry(SessionId, At)
{
    /// <summary>How sure the recogniser was, 0 to 1; null: it was typed, or the assistant opened.</summary>
    public double? Clarity { get; init; }

    /// <summary>From the last speech to the first audio, in milliseconds; null: none was heard.</summary>
    public double? FirstAudioMs { get; init; }

    /// <summary>Whether the reply was cut.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether the user said or typed something.</summary>
    public bool IsUtterance { get; init; }

    /// <summary>How long the user spoke.</summary>
    public TimeSpan Spoken { get; init; }

    /// <summary>How much of the reply was heard.</summary>
    public TimeSpan Heard { get; init; }

    /// <summary>How the microphone sounded; null: it was typed, or too short.</summary>
    public AudioQuality? Audio { get; init; }
}
