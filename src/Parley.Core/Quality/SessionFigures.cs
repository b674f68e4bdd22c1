namespace Parley.Quality;

/// <summary>What is known of how a session went.</summary>
public sealed record SessionFigures(string SessionId, string? Learner, DateTimeOffset StartedAt)
{
    /// <summary>From its begin to its end; null: it is not over.</summary>
    public TimeSpan? Length { get; init; }

    public IReadOnlyList<TurnEntry> Turns { get; init; } = [];

    public IReadOnlyList<EventEntry> Events { get; init; } = [];

    /// <summary>The variants that it got, by experiment.</summary>
    public IReadOnlyDictionary<string, string> Variants { get; init; } = new Dictionary<string, string>();

    /// <summary>How well the user was understood, 0 to 1.</summary>
    public double? Clarity => Mean(Turns.Select(t => t.Clarity));

    /// <summary>The mean wait for an answer, in milliseconds.</summary>
    public double? FirstAudioMs => Mean(Turns.Select(t => t.FirstAudioMs));

    /// <summary>Turns in which the user said something.</summary>
    public int Utterances => Turns.Count(t => t.IsUtterance);

    /// <summary>The share of replies that were cut.</summary>
    public double? Interruptions => Turns.Count == 0 ? null : (double)Turns.Count(t => t.IsCut) / Turns.Count;

    /// <summary>The share of the session in which nobody spoke; null: it is not over, or nothing happened in it.</summary>
    public double? Silence
    {
        get
        {
            if (Length is not { TotalSeconds: > 0 } length || Turns.Count == 0) { return null; }
            var spoken = Turns.Sum(t => t.Spoken.TotalSeconds + t.Heard.TotalSeconds);
            return Math.Clamp(1 - spoken / length.TotalSeconds, 0, 1);
        }
    }

    /// <summary>How much the user liked it, 1 to 5; null: they did not say.</summary>
    public double? Satisfaction => Mean(Named("satisfaction"));

    /// <summary>The mean time from the end of a turn to its first feedback, in milliseconds, as the client saw it.</summary>
    public double? TimeToFeedbackMs => Mean(Named("time_to_feedback"));

    /// <summary>The stage in which the user left; null: they ended the session as one does.</summary>
    public string? DropPoint => Events.LastOrDefault(e => e.Name == "drop_point_stage")?.Stage;

    /// <summary>The figures that experiments compare, by name; null where the session has none.</summary>
    public double? Figure(string name) => name switch
    {
        "first_audio_ms" => FirstAudioMs,
        "clarity" => Clarity,
        "session_length_s" => Length?.TotalSeconds,
        "utterances" => Utterances,
        "interruptions" => Interruptions,
        "silence" => Silence,
        "satisfaction" => Satisfaction,
        "time_to_feedback_ms" => TimeToFeedbackMs,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such figure."),
    };

    /// <summary>The names that <see cref="Figure"/> knows.</summary>
    public static IReadOnlyList<string> FigureNames { get; } =
        ["first_audio_ms", "clarity", "session_length_s", "utterances", "interruptions", "silence", "satisfaction", "time_to_feedback_ms"];

    internal static double? Mean(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().ToList();
        return known.Count == 0 ? null : known.Average();
    }

    private IEnumerable<double?> Named(string name) => Events.Where(e => e.Name == name).Select(e => e.Value);
}
