using Parley.Learning.Learners;
using Parley.Transports.Protocol;

namespace Parley.Learning.Levels;

/// <summary>The words of one level that a learner has used rightly.</summary>
/// <param name="Level">The level, as estimated from how common the words are.</param>
/// <param name="Words">Words so far, in their base forms.</param>
/// <param name="Days">How many there were at the end of each day on which one came, the oldest first.</param>
public sealed record VocabularyGrowth(CefrLevel Level, int Words, IReadOnlyList<VocabularyDay> Days)
{
    /// <summary>Counts the words of each level.</summary>
    /// <param name="words">All that were used.</param>
    /// <param name="bands">Their levels.</param>
    public static IReadOnlyList<VocabularyGrowth> Of(IReadOnlyList<WordRecord> words, VocabularyBands bands)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(bands);
        var used = words.Where(w => w.RightUses > 0).Select(w => (Level: bands.Of(w.Lemma), Day: DateOnly.FromDateTime(w.First.UtcDateTime))).ToArray();
        return [.. Enum.GetValues<CefrLevel>().Select(level => Of(level, [.. used.Where(w => w.Level == level).Select(w => w.Day)]))];
    }

    private static VocabularyGrowth Of(CefrLevel level, DateOnly[] days)
    {
        var sum = 0;
        return new VocabularyGrowth(level, days.Length, [.. days.CountBy(day => day).OrderBy(day => day.Key).Select(day => new VocabularyDay(day.Key, sum += day.Value))]);
    }
}

/// <summary>The words of a level at the end of a day, UTC.</summary>
public sealed record VocabularyDay(DateOnly Day, int Words);
