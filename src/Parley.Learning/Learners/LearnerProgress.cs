using Parley.Learning.Levels;

namespace Parley.Learning.Learners;

/// <summary>How a learner comes along.</summary>
/// <param name="Turns">Turns in all.</param>
/// <param name="Minutes">Minutes spoken.</param>
/// <param name="Words">Different words used, in their base forms.</param>
/// <param name="Mtld">How varied the words are (<see cref="LexicalDiversity.Mtld"/>); null while too little was said.</param>
/// <param name="Days">Each day on which something was said, the oldest first; days are UTC's.</param>
public sealed record LearnerProgress(int Turns, double Minutes, int Words, double? Mtld, IReadOnlyList<ProgressDay> Days)
{
    /// <summary>So many words say how varied somebody speaks at the time: fewer than that waver, more know of no progress.</summary>
    private const int VarietyWords = 500;

    /// <summary>The level at which they probably speak; null while nothing is known.</summary>
    public LevelEstimate? Level { get; init; }

    /// <summary>Their words by level; null where no levels of words are known.</summary>
    public IReadOnlyList<VocabularyGrowth>? Vocabulary { get; init; }

    /// <summary>Reckons it up.</summary>
    /// <param name="turns">In any order.</param>
    /// <param name="mistakes">Theirs.</param>
    /// <param name="words">Theirs.</param>
    public static LearnerProgress Of(IReadOnlyList<LearnerTurn> turns, IReadOnlyList<Mistake> mistakes, IReadOnlyList<WordRecord> words)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var wrong = mistakes.CountBy(m => Day(m.At)).ToDictionary();
        var fresh = words.CountBy(w => Day(w.First)).ToDictionary();
        var said = turns.OrderBy(t => t.At).ToArray();
        return new LearnerProgress(
            turns.Count, MinutesOf(turns), words.Count, LexicalDiversity.Mtld([.. said.SelectMany(t => WordsOf(t.Text))]), [.. Days()]);

        IEnumerable<ProgressDay> Days()
        {
            var newest = new List<string>();
            foreach (var day in said.GroupBy(t => Day(t.At)))
            {
                newest.AddRange(day.SelectMany(t => WordsOf(t.Text)));
                newest.RemoveRange(0, Math.Max(0, newest.Count - VarietyWords));
                yield return ProgressDay.Of(day.Key, [.. day], wrong.GetValueOrDefault(day.Key), fresh.GetValueOrDefault(day.Key)) with { Mtld = LexicalDiversity.Mtld(newest) };
            }
        }
    }

    internal static double MinutesOf(IEnumerable<LearnerTurn> turns) => Math.Round(turns.Sum(t => t.Speech.TotalMinutes), 2);

    internal static string[] WordsOf(string text) =>
        [.. text.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(w => w.Trim('.', ',', '!', '?', ';', ':', '"', '(', ')').ToLowerInvariant()).Where(w => w.Any(char.IsLetter))];

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}

/// <summary>One day of a learner. What was not judged that day is null.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Turns">Turns.</param>
/// <param name="Minutes">Minutes spoken.</param>
/// <param name="WordsPerMinute">How fast they spoke, pauses included.</param>
/// <param name="Accuracy">Of pronunciation at the mean, 0 to 100.</param>
/// <param name="Fluency">As that.</param>
/// <param name="Prosody">As that.</param>
/// <param name="MistakesPer100Words">Mistakes.</param>
/// <param name="NewWords">Words used for the first time.</param>
public sealed record ProgressDay(
    DateOnly Day, int Turns, double Minutes, double? WordsPerMinute, double? Accuracy, double? Fluency, double? Prosody, double? MistakesPer100Words, int NewWords)
{
    /// <summary>How varied the newest words were at the end of the day (<see cref="LexicalDiversity.Mtld"/>); null while too little was said.</summary>
    public double? Mtld { get; init; }

    internal static ProgressDay Of(DateOnly day, IReadOnlyList<LearnerTurn> turns, int mistakes, int newWords)
    {
        var spoken = turns.Where(t => t.Speech > TimeSpan.Zero).ToArray();
        var (minutes, words) = (spoken.Sum(t => t.Speech.TotalMinutes), turns.Sum(t => LearnerProgress.WordsOf(t.Text).Length));
        return new ProgressDay(
            day, turns.Count, LearnerProgress.MinutesOf(turns), minutes > 0 ? Math.Round(spoken.Sum(t => LearnerProgress.WordsOf(t.Text).Length) / minutes, 1) : null,
            Mean(s => s.Accuracy), Mean(s => s.Fluency), Mean(s => s.Prosody), words > 0 ? Math.Round(100.0 * mistakes / words, 1) : null, newWords);

        double? Mean(Func<TurnScores, double> score) => turns.Where(t => t.Scores is not null).Select(t => (double?)score(t.Scores!)).Average() is { } mean ? Math.Round(mean, 1) : null;
    }
}
