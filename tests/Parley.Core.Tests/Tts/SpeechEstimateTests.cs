using Parley.Tts;

namespace Parley.Core.Tests.Tts;

public sealed class SpeechEstimateTests
{
    private const int Rate = 16_000;
    private const string Text = "Hello there, my name is Ana.";

    [Theory]
    [InlineData(0.3, 160)]
    [InlineData(1, 7)]
    [InlineData(1.8, 1_600)]
    [InlineData(1.8, 100_000)]
    [InlineData(6, 333)]
    public void Push_AudioOfAnyLengthInAnyPieces_CoversItAndHoldsAllWords(double seconds, int piece)
    {
        var chunks = Speak(new SpeechEstimate(Text, Rate), Tone(seconds), piece);

        long position = 0;
        foreach (var chunk in chunks)
        {
            var end = position + chunk.Samples.Length;
            Assert.All(chunk.Words, w => Assert.InRange(w.StartSample, position, end - 1));
            foreach (var span in chunk.Visemes)
            {
                Assert.InRange(span.StartSample, position, end - 1);
                Assert.True(span.Samples > 0);
            }
            Assert.Equal(chunk.Samples.Length, chunk.Visemes.Sum(v => v.Samples));
            Assert.Equal(chunk.Samples.Length, chunk.Phones.Sum(p => p.Samples));
            position = end;
        }
        Assert.Equal((long)(seconds * Rate), position);
        Assert.Equal(["Hello", "there", "my", "name", "is", "Ana"], chunks.SelectMany(c => c.Words).Select(w => w.Word));
        Assert.All(chunks.SelectMany(c => c.Words), w => Assert.InRange(w.StartSample + w.Samples, w.StartSample + 1, position));
    }

    [Fact]
    public void Push_AudioPauses_TheMouthRestsAndWordsWait()
    {
        short[] audio = [.. Tone(0.4), .. new short[Rate], .. Tone(1.4)];

        var chunks = Speak(new SpeechEstimate(Text, Rate), audio, 320);

        var silent = chunks.SelectMany(c => c.Visemes).Where(v => v.StartSample >= 0.45 * Rate && v.StartSample + v.Samples <= 1.35 * Rate);
        Assert.All(silent, v => Assert.Equal(Viseme.Sil, v.Viseme));
        Assert.DoesNotContain(chunks.SelectMany(c => c.Words), w => w.StartSample > 0.5 * Rate && w.StartSample < 1.35 * Rate);
    }

    [Fact]
    public void Complete_VoiceIsSlow_LaterClausesAreTimedByItsPace()
    {
        var pace = new SpeakingPace();
        var usual = pace.Factor;
        for (var i = 0; i < SpeakingPace.Enough; i++) { Speak(new SpeechEstimate(Text, Rate, pace: pace), Tone(3), 320); }
        var slow = pace.Factor;
        Speak(new SpeechEstimate(Text, Rate, pace: pace), Tone(1), 320);

        Assert.True(slow > usual);
        Assert.Equal(slow, pace.Factor);
        var last = Speak(new SpeechEstimate(Text, Rate, pace: pace), Tone(3), 320).SelectMany(c => c.Words).Last();
        Assert.InRange(last.StartSample, 2.2 * Rate, 2.9 * Rate);
    }

    [Fact]
    public void Complete_NoAudio_GivesNothing() => Assert.Null(new SpeechEstimate(Text, Rate).Complete());

    [Fact]
    public void Of_SpeechBetweenSilences_PausesAtBothEndsAndCoversTheRest()
    {
        short[] audio = [.. new short[1_600], .. Tone(1), .. new short[1_600]];

        var chunk = SpeechEstimate.Of(TextWords.Find(Text), audio, Rate, origin: 500);

        Assert.Equal(new PhoneSpan(PhoneVisemes.Pause, 500, 1_600), chunk.Phones[0]);
        Assert.Equal(new PhoneSpan(PhoneVisemes.Pause, 500 + 1_600 + Rate, 1_600), chunk.Phones[^1]);
        AssertCovers(chunk, 500);
        Assert.Equal(["Hello", "there", "my", "name", "is", "Ana"], chunk.Words.Select(w => w.Word));
        Assert.Equal(500 + 1_600, chunk.Words[0].StartSample);
        Assert.InRange(chunk.Words[^1].StartSample, 500 + 1_600 + 0.6 * Rate, 500 + 1_600 + 0.95 * Rate);
        Assert.All(chunk.Phones, p => Assert.True(PhoneVisemes.Knows(p.Phone), p.Phone));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(400)]
    public void Of_LessAudioThanPhones_StillCoversItAndHoldsAllWords(int length)
    {
        foreach (var audio in new[] { new short[length], [.. Enumerable.Repeat((short)9_000, length)] })
        {
            var chunk = SpeechEstimate.Of(TextWords.Find("Many words indeed"), audio, Rate);

            AssertCovers(chunk, 0);
            Assert.Equal(3, chunk.Words.Count);
            Assert.All(chunk.Words, w => Assert.InRange(w.StartSample + w.Samples, 1, length));
        }
    }

    [Fact]
    public void Of_NoAudio_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => SpeechEstimate.Of([], [], Rate));

    [Theory]
    [InlineData("nice", "n ay s")]
    [InlineData("night", "n ay t")]
    [InlineData("quick", "k w ih k")]
    [InlineData("25", "t uw f ay v")]
    [InlineData("你", "d ah")]
    [InlineData("'", "ah")]
    public void SpellingPhones_Word_AreGuessed(string word, string phones) => Assert.Equal(phones, string.Join(' ', SpellingPhones.Of(word)));

    private static void AssertCovers(SpeechChunk chunk, long position)
    {
        var end = position + chunk.Samples.Length;
        foreach (var phone in chunk.Phones)
        {
            Assert.Equal(position, phone.StartSample);
            Assert.True(phone.Samples > 0);
            position += phone.Samples;
        }
        Assert.Equal(end, position);
    }

    private static List<SpeechChunk> Speak(SpeechEstimate estimate, short[] audio, int piece)
    {
        var chunks = new List<SpeechChunk>();
        foreach (var part in audio.Chunk(piece))
        {
            if (estimate.Push(part) is { } chunk) { chunks.Add(chunk); }
        }
        if (estimate.Complete() is { } rest) { chunks.Add(rest); }
        return chunks;
    }

    private static short[] Tone(double seconds) => [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => (short)(8_000 * Math.Sin(i * 0.1)))];
}
