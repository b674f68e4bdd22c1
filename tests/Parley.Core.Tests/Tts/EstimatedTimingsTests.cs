using Parley.Tts;

namespace Parley.Core.Tests.Tts;

public sealed class EstimatedTimingsTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("… — 🙂", new string[0])]
    [InlineData("Don't worry, well-known 42!", new[] { "Don't", "worry", "well-known", "42" })]
    [InlineData("你好 hello мир", new[] { "你好", "hello", "мир" })]
    public void Words_Text_AreItsLettersAndDigits(string text, string[] words) => Assert.Equal(words, EstimatedTimings.Words(text).Select(w => text[w]));

    [Fact]
    public void Of_SpeechBetweenSilences_CoversTheAudioAndPausesAtBothEnds()
    {
        const string Text = "Nice to meet you, Bob.";
        short[] samples = [.. new short[1_000], .. Enumerable.Repeat((short)5_000, 8_000), .. new short[500]];

        var timings = EstimatedTimings.Of(Text, EstimatedTimings.Words(Text), samples);

        Assert.Equal(new PhoneSpan("pau", 0, 1_000), timings.Phones[0]);
        Assert.Equal(new PhoneSpan("pau", 9_000, 500), timings.Phones[^1]);
        AssertCovers(timings, samples.Length);
        Assert.Equal(["Nice", "to", "meet", "you", "Bob"], timings.Words.Select(w => w.Word));
        Assert.Equal(1_000, timings.Words[0].StartSample);
        Assert.Equal(9_000, timings.Words[^1].StartSample + timings.Words[^1].Samples);
        Assert.All(timings.Phones, p => Assert.True(PhoneVisemes.Knows(p.Phone), p.Phone));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Of_LessAudioThanPhones_StillCoversIt(int length)
    {
        const string Text = "Many words indeed";

        var timings = EstimatedTimings.Of(Text, EstimatedTimings.Words(Text), Enumerable.Repeat((short)9_000, length).ToArray());

        AssertCovers(timings, length);
        Assert.All(timings.Words, w => Assert.InRange(w.StartSample, 0, Math.Max(0, length - 1)));
    }

    [Fact]
    public void Of_SilenceAlone_IsSpreadOverByTheWords()
    {
        // A quiet voice is still a voice: the words are somewhere.
        var timings = EstimatedTimings.Of("Hello", [new Range(0, 5)], new short[100]);

        AssertCovers(timings, 100);
        Assert.Equal("Hello", Assert.Single(timings.Words).Word);
    }

    [Theory]
    [InlineData("nice", "n ih s")]
    [InlineData("my", "m ay")]
    [InlineData("yes", "y eh s")]
    [InlineData("night", "n ay t")]
    [InlineData("quick", "k w ih k")]
    [InlineData("25", "t uw f ay v")]
    [InlineData("你", "ah")]
    public void Of_Word_GuessesItsPhones(string word, string phones) => Assert.Equal(phones, string.Join(' ', LetterPhones.Of(word)));

    private static void AssertCovers(SpeechTimings timings, long total)
    {
        long position = 0;
        foreach (var phone in timings.Phones)
        {
            Assert.Equal(position, phone.StartSample);
            Assert.True(phone.Samples > 0);
            position += phone.Samples;
        }
        Assert.Equal(total, position);
    }
}
