namespace Parley.Quality;

/// <summary>How sessions went: day by day, in all, and in the period of the same length before.</summary>
/// <param name="From">The first day, UTC.</param>
/// <param name="To">The last day.</param>
/// <param name="Days">Each day that had sessions.</param>
/// <param name="Total">All of them together.</param>
/// <param name="Before">The period before; what <paramref name="Total"/> is to be compared with.</param>
public sealed record QualityReport(DateOnly From, DateOnly To, IReadOnlyList<DayFigures> Days, PeriodFigures Total, PeriodFigures Before)
{
    /// <param name="sessions">All sessions of the period and of the one before.</param>
    /// <param name="today">The last day.</param>
    /// <param name="days">How many days the period has.</param>
    public static QualityReport Of(IReadOnlyCollection<SessionFigures> sessions, DateOnly today, int days)
    {
        var from = today.AddDays(1 - days);
        var byDay = sessions.ToLookup(s => DateOnly.FromDateTime(s.StartedAt.UtcDateTime));
        var within = byDay.Where(d => d.Key >= from && d.Key <= today).OrderBy(d => d.Key).ToList();
        return new QualityReport(
            from, today, [.. within.Select(d => new DayFigures(d.Key, PeriodFigures.Of([.. d])))], PeriodFigures.Of([.. within.SelectMany(d => d)]),
            PeriodFigures.Of([.. byDay.Where(d => d.Key < from && d.Key >= from.AddDays(-days)).SelectMany(d => d)]));
    }
}

/// <summary>A day's sessions.</summary>
public sealed record DayFigures(DateOnly Day, PeriodFigures Figures);

/// <summary>Some sessions together. A figure that none of them has is null.</summary>
/// <param name="Sessions">How many.</param>
/// <param name="Learners">Of how many learners who have a name.</param>
/// <param name="Turns">Their turns.</param>
/// <param name="Clarity">How well users were understood, the mean of turns, 0 to 1.</param>
/// <param name="FirstAudioP50Ms">Half of the answers began within this.</param>
/// <param name="FirstAudioP95Ms">Nineteen in twenty did.</param>
/// <param name="Clipping">The mean share of samples at the end of the scale.</param>
/// <param name="NoiseDb">The mean level of rooms, dB below full scale.</param>
/// <param name="LevelDb">The mean level of voices.</param>
/// <param name="Satisfaction">The mean of those who said, 1 to 5.</param>
/// <param name="Interruptions">The share of replies that were cut.</param>
/// <param name="Silence">The mean share of a session in which nobody spoke.</param>
/// <param name="TimeToFeedbackMs">The median of sessions.</param>
/// <param name="SessionLengthS">The median, in seconds.</param>
/// <param name="UtterancesPerSession">The mean.</param>
/// <param name="DropPoints">How many left in which stage.</param>
public sealed record PeriodFigures(
    int Sessions, int Learners, int Turns, double? Clarity, double? FirstAudioP50Ms, double? FirstAudioP95Ms, double? Clipping, double? NoiseDb, double? LevelDb, double? Satisfaction,
    double? Interruptions, double? Silence, double? TimeToFeedbackMs, double? SessionLengthS, double? UtterancesPerSession, IReadOnlyDictionary<string, int> DropPoints)
{
    public static PeriodFigures Of(IReadOnlyCollection<SessionFigures> sessions)
    {
        var turns = sessions.SelectMany(s => s.Turns).ToList();
        return new PeriodFigures(
            sessions.Count, sessions.Select(s => s.Learner).OfType<string>().Distinct().Count(), turns.Count,
            Rounded(Mean(turns.Select(t => t.Clarity)), 3), Rounded(At(turns.Select(t => t.FirstAudioMs), 0.5), 1), Rounded(At(turns.Select(t => t.FirstAudioMs), 0.95), 1),
            Rounded(Mean(turns.Select(t => t.Audio?.Clipping)), 5), Rounded(Mean(turns.Select(t => t.Audio?.NoiseDb)), 1), Rounded(Mean(turns.Select(t => t.Audio?.LevelDb)), 1),
            Rounded(Mean(sessions.Select(s => s.Satisfaction)), 2), turns.Count == 0 ? null : Math.Round((double)turns.Count(t => t.IsCut) / turns.Count, 3),
            Rounded(Mean(sessions.Select(s => s.Silence)), 3), Rounded(At(sessions.Select(s => s.TimeToFeedbackMs), 0.5), 1), Rounded(At(sessions.Select(s => s.Length?.TotalSeconds), 0.5), 1),
            sessions.Count == 0 ? null : Math.Round(sessions.Average(s => s.Utterances), 2),
            sessions.Select(s => s.DropPoint).OfType<string>().CountBy(p => p).OrderBy(p => p.Key, StringComparer.Ordinal).ToDictionary());
    }

    private static double? Mean(IEnumerable<double?> values) => SessionFigures.Mean(values);

    private static double? At(IEnumerable<double?> values, double share)
    {
        var sorted = values.OfType<double>().Order().ToArray();
        return sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(sorted.Length * share) - 1];
    }

    private static double? Rounded(double? value, int digits) => value is { } known ? Math.Round(known, digits) : null;
}
