using Parley.Learning.Learners;

namespace Parley.Learning.Tests.Learners;

/// <summary>How varied a learner speaks, day by day.</summary>
public sealed class ProgressVarietyTests
{
    private static readonly DateTimeOffset s_monday = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Of_FewWords_SaysNothingOfVariety()
    {
        var progress = LearnerProgress.Of([Turn(0, Words(50, different: 50))], [], []);
        Assert.Null(Assert.Single(progress.Days).Mtld);
    }

    [Fact]
    public void Of_VariedWordsAfterPoorOnes_VarietyRisesByDay()
    {
        var progress = LearnerProgress.Of([Turn(1, Words(600, different: 200)), Turn(0, Words(200, different: 10))], [], []);
        Assert.True(progress.Days[0].Mtld < progress.Days[1].Mtld);
    }

    [Fact]
    public void Of_MuchSaidLongAgo_NewestWordsCountAlone()
    {
        var varied = Words(500, different: 200);
        var after = LearnerProgress.Of([Turn(0, Words(2_000, different: 10)), Turn(1, varied)], [], []);
        Assert.Equal(LexicalDiversity.Mtld(varied.Split(' ')), after.Days[1].Mtld);
    }

    private static LearnerTurn Turn(int day, string text) => new("li", "s", $"t{day}", s_monday.AddDays(day), text);

    private static string Words(int count, int different) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"word{(char)('a' + i % different % 26)}{(char)('a' + i % different / 26)}"));
}
