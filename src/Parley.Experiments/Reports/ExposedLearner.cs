using Parley.Quality;

namespace Parley.Experiments.Reports;

/// <summary>A learner who took part in an experiment.</summary>
internal sealed class ExposedLearner(string experiment, IReadOnlyList<SessionFigures> sessions)
{
    public IReadOnlyList<SessionFigures> Sessions => sessions;

    /// <summary>The variant that they had; null: several.</summary>
    public string? Variant { get; } = sessions.Select(s => s.Variants[experiment]).Distinct().ToList() is [var only] ? only : null;

    /// <summary>The days on which they had sessions, UTC.</summary>
    public IReadOnlySet<DateOnly> Days { get; } = sessions.Select(s => DateOnly.FromDateTime(s.StartedAt.UtcDateTime)).ToHashSet();

    public DateOnly First => Days.Min();

    /// <summary>The mean of their sessions; null: none has the figure.</summary>
    public double? Figure(string name)
    {
        var known = sessions.Select(s => s.Figure(name)).OfType<double>().ToList();
        return known.Count == 0 ? null : known.Average();
    }
}
