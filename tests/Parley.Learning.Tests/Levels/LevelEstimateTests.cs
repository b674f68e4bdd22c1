using Parley.Learning.Learners;
using Parley.Learning.Levels;
using Parley.Transports.Protocol;

namespace Parley.Learning.Tests.Levels;

public sealed class LevelEstimateTests
{
    private static readonly DateTimeOffset s_day = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    private static readonly Learner s_learner = new("li", s_day);

    [Fact]
    public void Of_NothingSaid_IsNothing() => Assert.Null(LevelEstimate.Of(s_learner, [], [], [], null));

    [Fact]
    public void Of_OnlyALevelThatWasSet_IsThatOneWithARange()
    {
        var level = LevelEstimate.Of(s_learner with { Level = CefrLevel.C1 }, [], [], [], null)!;
        Assert.Equal((CefrLevel.C1, CefrLevel.B2, CefrLevel.C2), (level.Level, level.From, level.To));
    }

    [Fact]
    public void Of_OneSentence_StaysNearTheUsualWithAWideRange()
    {
        var level = LevelEstimate.Of(s_learner, [Turn(0, 8, 140)], [], [], null)!;
        Assert.InRange((int)level.To - (int)level.From, 2, 5);
        Assert.InRange(level.Score, 2, 3.6);
    }

    [Fact]
    public void Of_SlowSpeechFullOfMistakes_IsABeginner()
    {
        var turns = Enumerable.Range(0, 100).Select(i => Turn(i, 8, 40, fluency: 30)).ToArray();
        var mistakes = Enumerable.Range(0, 160).Select(i => new Mistake($"m{i}", MistakeKind.Grammar, "depend-of", "of", "on", "It depends of it.")).ToArray();
        var level = LevelEstimate.Of(s_learner, turns, mistakes, [], null)!;
        Assert.InRange(level.Level, CefrLevel.A1, CefrLevel.A2);
        Assert.InRange(level.To, CefrLevel.A1, CefrLevel.B1);
    }

    [Fact]
    public void Of_FastFluentAndRight_IsAdvanced()
    {
        var turns = Enumerable.Range(0, 100).Select(i => Turn(i, 12, 160, fluency: 88)).ToArray();
        Assert.InRange(LevelEstimate.Of(s_learner, turns, [], [], null)!.Level, CefrLevel.B2, CefrLevel.C2);
    }

    [Fact]
    public void Of_MoreEvidence_NarrowsTheRange()
    {
        var spreads = new[] { 1, 10, 100 }.Select(n => LevelEstimate.Of(s_learner, [.. Enumerable.Range(0, n).Select(i => Turn(i, 10, 100, fluency: 60))], [], [], null)!)
            .Select(level => level.Indicators.Max(i => i.Deviation)).ToArray();
        Assert.True(spreads[0] > spreads[1] && spreads[1] > spreads[2], string.Join(", ", spreads));
    }

    [Fact]
    public void Of_WordsOfHigherLevels_RaisesIt()
    {
        var bands = VocabularyBandsTests.Bands;
        string[] simple = ["go", "house", "day", "man", "good", "water", "friend", "book"], rare = ["reluctant", "consequence", "nevertheless", "scrutiny", "coherent", "ambiguous", "go", "day"];
        double ScoreOf(string[] words) => LevelEstimate.Of(s_learner, [Turn(0, 8, 100)], [], [.. words.Select(w => new WordRecord(w, 1, 1, null, s_day, s_day))], bands)!.Indicators[0].Score;
        Assert.True(ScoreOf(rare) > ScoreOf(simple) + 2);
    }

    private static LearnerTurn Turn(int number, int words, double wordsPerMinute, double? fluency = null) =>
        new("li", "s1", $"t{number}", s_day.AddMinutes(number), string.Join(' ', Enumerable.Range(0, words).Select(i => Word(number * words + i))))
        {
            Speech = TimeSpan.FromMinutes(words / wordsPerMinute),
            Scores = fluency is { } score ? new TurnScores(score, score, score, score) : null,
        };

    /// <summary>One of sixty words, as a speaker of some variety has them.</summary>
    private static string Word(int number) => string.Concat("word", (char)('a' + number * 7 % 60 / 10), (char)('a' + number * 7 % 10));
}
