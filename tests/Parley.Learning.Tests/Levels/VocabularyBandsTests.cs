using Parley.Learning.Levels;
using Parley.Learning.Tests.Grammar;
using Parley.Transports.Protocol;

namespace Parley.Learning.Tests.Levels;

public sealed class VocabularyBandsTests
{
    private static readonly Lazy<VocabularyBands> s_bands = new(() => new VocabularyBands(Language.Sequences));

    /// <summary>Those of English as it is installed here.</summary>
    internal static VocabularyBands Bands => s_bands.Value;

    [Theory]
    [InlineData("the", CefrLevel.A1, CefrLevel.A1)]
    [InlineData("go", CefrLevel.A1, CefrLevel.A1)]
    [InlineData("Dog", CefrLevel.A1, CefrLevel.A1)]
    [InlineData("kitchen", CefrLevel.A1, CefrLevel.A2)]
    [InlineData("environment", CefrLevel.A1, CefrLevel.B1)]
    [InlineData("consequence", CefrLevel.B1, CefrLevel.B2)]
    [InlineData("reluctant", CefrLevel.B1, CefrLevel.C1)]
    [InlineData("ubiquitous", CefrLevel.B2, CefrLevel.C2)]
    [InlineData("meticulous", CefrLevel.C1, CefrLevel.C2)]
    public void Of_Word_IsAboutItsLevel(string word, CefrLevel from, CefrLevel to) => Assert.InRange(Bands.Of(word)!.Value, from, to);

    [Theory]
    [InlineData("xqzt")]
    [InlineData("")]
    [InlineData("我")]
    public void Of_NoWord_IsNone(string word) => Assert.Null(Bands.Of(word));

    [Fact]
    public void Growth_Words_AreCountedByLevelAndDay()
    {
        var day = new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);
        var growth = VocabularyGrowth.Of(
            [new("go", 9, 9, null, day, day), new("dog", 1, 1, null, day.AddDays(2), day.AddDays(2)), new("house", 2, 0, null, day, day), new("meticulous", 1, 1, null, day, day)], Bands);
        Assert.Equal(Enum.GetValues<CefrLevel>(), growth.Select(g => g.Level));
        Assert.Equal([new(new DateOnly(2026, 5, 4), 1), new(new DateOnly(2026, 5, 6), 2)], growth[0].Days);
        Assert.Equal((2, 1), (growth[0].Words, growth[(int)Bands.Of("meticulous")!].Words));
    }
}
