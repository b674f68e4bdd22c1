using Parley.Learning.Levels;

namespace Parley.Learning.Learners;

/// <summary>What a learner had best work on.</summary>
/// <param name="FrequentMistakes">What they get wrong most often, with an example each.</param>
/// <param name="WeakSounds">The sounds that they make worst, of those heard often enough.</param>
/// <param name="WeakWords">The words that they pronounce worst, of those used more than once.</param>
/// <param name="RepeatedStarts">Beginnings of sentences that they use again and again.</param>
/// <param name="DueReviews">Items that wait to be reviewed.</param>
public sealed record Recommendations(
    IReadOnlyList<FrequentMistake> FrequentMistakes, IReadOnlyList<PhoneRecord> WeakSounds, IReadOnlyList<WordRecord> WeakWords, IReadOnlyList<RepeatedStart> RepeatedStarts, int DueReviews)
{
    private const int Most = 5, OftenHeard = 5, OftenSaid = 3, StartWords = 3;

    /// <summary>A sound or word that is better than this is not weak.</summary>
    private const double Weak = 75;

    /// <summary>The level at which they probably speak; null while nothing is known.</summary>
    public LevelEstimate? Level { get; init; }

    /// <summary>Finds it.</summary>
    /// <param name="turns">In any order.</param>
    /// <param name="mistakes">Theirs, the newest first.</param>
    /// <param name="words">Theirs.</param>
    /// <param name="phones">Theirs.</param>
    /// <param name="due">Reviews that are due.</param>
    public static Recommendations Of(
        IReadOnlyList<LearnerTurn> turns, IReadOnlyList<Mistake> mistakes, IReadOnlyList<WordRecord> words, IReadOnlyList<PhoneRecord> phones, int due) => new(
        [.. mistakes.GroupBy(m => (m.Kind, m.Rule)).Select(g => new FrequentMistake(g.Key.Kind, g.Key.Rule, g.Count(), g.First())).OrderByDescending(f => f.Count).ThenBy(f => f.Rule, StringComparer.Ordinal).Take(Most)],
        [.. phones.Where(p => p.Uses >= OftenHeard && p.Score < Weak).OrderBy(p => p.Score).Take(Most)],
        [.. words.Where(w => w.Uses > 1 && w.Accuracy < Weak).OrderBy(w => w.Accuracy).Take(Most)],
        [.. turns.Select(t => LearnerProgress.WordsOf(t.Text)).Where(w => w.Length > StartWords).CountBy(w => string.Join(' ', w.Take(StartWords)))
            .Where(s => s.Value >= OftenSaid).OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(Most).Select(s => new RepeatedStart(s.Key, s.Value))],
        due);
}

/// <summary>A mistake that is made often.</summary>
/// <param name="Kind">Where it belongs.</param>
/// <param name="Rule">What is broken.</param>
/// <param name="Count">How often.</param>
/// <param name="Example">The newest.</param>
public sealed record FrequentMistake(MistakeKind Kind, string Rule, int Count, Mistake Example);

/// <summary>A beginning of sentences that is used often.</summary>
public sealed record RepeatedStart(string Words, int Count);
