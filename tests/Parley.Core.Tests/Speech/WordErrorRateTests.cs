using Parley.Testing.Speech;

namespace Parley.Core.Tests.Speech;

public sealed class WordErrorRateTests
{
    [Theory]
    [InlineData("he was not ill", "he was not ill", 0, 4)]
    [InlineData("he was not ill", "he was hot ill", 1, 4)] // substituted
    [InlineData("he was not ill", "he was ill", 1, 4)] // deleted
    [InlineData("he was not ill", "and he was not ill", 1, 4)] // inserted
    [InlineData("a b c d", "b c d e", 2, 4)] // one deleted and one inserted, rather than four substituted
    [InlineData("eight of spades", "", 3, 3)]
    [InlineData("yes", "oh yes i do", 3, 1)]
    [InlineData("", "yes", 1, 0)]
    public void Of_OneText_CountsTheFewestEdits(string said, string heard, int errors, int words) =>
        Assert.Equal(new WordErrorRate(errors, words), WordErrorRate.Of((said, heard)));

    [Theory]
    [InlineData("Yes, please!", "yes PLEASE")]
    [InlineData("It was half past 8.", "it was(2) half past 8")]
    [InlineData("'Don't' worry", "don't worry")]
    [InlineData("A well-known café", "a well known caf")]
    public void Of_SpelledInAnotherWay_HasNoErrors(string said, string heard) => Assert.Equal(0, WordErrorRate.Of((said, heard)).Errors);

    [Fact]
    public void Of_ApostropheInsideAWord_Counts() => Assert.Equal(new WordErrorRate(1, 2), WordErrorRate.Of(("we're here", "were here")));

    [Fact]
    public void Of_SeveralTexts_WeighsWordsNotTexts()
    {
        var rate = WordErrorRate.Of(("no", "yes"), ("one two three four", "one two three four"));

        Assert.Equal(new WordErrorRate(1, 5), rate);
        Assert.Equal(20, rate.Percent);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "yes", 100)]
    [InlineData("yes", "oh yes i do", 300)]
    public void Percent_Extremes_StaysFinite(string said, string heard, double percent) => Assert.Equal(percent, WordErrorRate.Of((said, heard)).Percent);
}
