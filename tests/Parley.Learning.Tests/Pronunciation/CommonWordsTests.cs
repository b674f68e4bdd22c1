using Parley.Learning.Pronunciation.Features;

namespace Parley.Learning.Tests.Pronunciation;

public sealed class CommonWordsTests
{
    private static readonly CommonWords s_words = CommonWords.Of([("a", "The"), ("a", "the"), ("b", "the,"), ("b", "quay")]);

    [Fact]
    public void Of_WordOfTwoSpeakers_CountsEachOnce() => Assert.Equal(MathF.Log(3), s_words.Of("THE", isCounted: false));

    [Fact]
    public void Of_ReaderWhoWasCounted_CountsTheOthers()
    {
        Assert.Equal(MathF.Log(2), s_words.Of("the", isCounted: true));
        Assert.Equal(0, s_words.Of("quay", isCounted: true));
    }

    [Fact]
    public void Of_WordThatNobodyHad_IsZero() => Assert.Equal(0, s_words.Of("isthmus", isCounted: false));
}
