using Parley.Asr;

namespace Parley.Core.Tests.Asr;

public sealed class LocalAgreementTests
{
    [Fact]
    public void Push_TwoHypothesesAgree_TheirCommonBeginIsStable()
    {
        var agreement = new LocalAgreement();
        Assert.Equal(new PartialTranscript("I would", 0), Push(agreement, "I would"));
        Assert.Equal(new PartialTranscript("I would like a", 7), Push(agreement, "I would like a"));
        Assert.Equal(new PartialTranscript("I would like tea", 12), Push(agreement, "i would like tea"));
    }

    [Fact]
    public void EndingWith_SpeakerGoesOn_LeavesNothingStableThatWasNotAgreedOn()
    {
        var agreement = new LocalAgreement();
        foreach (var text in new[] { "one two", "one two tree" }) { Push(agreement, text); }

        Assert.Equal("one two tree or", HeardWord.Join(agreement.EndingWith(HeardWord.Split("one two tree or"))));

        Assert.Equal(new PartialTranscript("one two three four", 7), Push(agreement, "one two three four"));
    }

    [Fact]
    public void Push_StableTextIsHeardOtherwise_StaysAndGoesOn()
    {
        var agreement = new LocalAgreement();
        foreach (var text in new[] { "my name is", "my name is Anna" }) { Push(agreement, text); }
        Assert.Equal("my name is Ana from", Push(agreement, "my dame is Ana from").Text);
    }

    [Fact]
    public void Push_WindowBeginsLater_RepeatedWordsAreNotDoubled()
    {
        var agreement = new LocalAgreement();
        foreach (var text in new[] { "one two three four", "one two three four five" }) { Push(agreement, text); }
        agreement.MoveWindow(2);
        Assert.Equal("one two three four five six", Push(agreement, "three four five six").Text);
        Assert.Equal("one two three four five six seven", Push(agreement, "ee four five six seven").Text);
    }

    [Fact]
    public void Push_ScriptWithoutSpaces_AgreesByCharacter()
    {
        var agreement = new LocalAgreement();
        Push(agreement, "你好，我是");
        Assert.Equal(new PartialTranscript("你好，我是安娜", 5), Push(agreement, "你好，我是安娜"));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("  Hello,  world! ", "Hello, world!")]
    [InlineData("我是 Ana。好", "我是 Ana。好")]
    [InlineData("3.5 km — yes", "3.5 km — yes")]
    public void Split_Text_JoinsToItself(string text, string joined) => Assert.Equal(joined, HeardWord.Join(HeardWord.Split(text)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Push_AnyHypotheses_StableTextNeverChanges(int seed)
    {
        var random = new Random(seed);
        string[] vocabulary = ["no", "yes", "tea", "Tea,", "please", "the", "the", "好", "我", "a.", "42", "—"];
        for (var round = 0; round < 250; round++)
        {
            var agreement = new LocalAgreement();
            var truth = Enumerable.Range(0, 40).Select(_ => vocabulary[random.Next(vocabulary.Length)]).ToArray();
            var (stable, from) = ("", 0);
            for (var heard = 1; heard < truth.Length; heard += random.Next(1, 5))
            {
                // A window from somewhere inside, with words lost, put in and misheard.
                var words = truth[from..heard].Where(_ => random.Next(12) > 0).Select(w => random.Next(9) == 0 ? vocabulary[random.Next(vocabulary.Length)] : w);
                var partial = Push(agreement, string.Join(' ', words));
                Assert.StartsWith(stable, partial.Text, StringComparison.Ordinal);
                Assert.InRange(partial.StableLength, stable.Length, partial.Text.Length);
                stable = partial.Text[..partial.StableLength];
                if (random.Next(6) == 0)
                {
                    from = Math.Min(heard, from + random.Next(3));
                    agreement.MoveWindow(from);
                }
            }
            Assert.StartsWith(stable, HeardWord.Join(agreement.EndingWith(HeardWord.Split(string.Join(' ', truth[from..])))), StringComparison.Ordinal);
        }
    }

    private static PartialTranscript Push(LocalAgreement agreement, string text) => agreement.Push(HeardWord.Split(text));
}
