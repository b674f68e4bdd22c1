#pragma warning disable CA1707 // Names of tests: Method_State_Result.

using Parley.Diagnostics;
using Parley.Tts;
using Xunit;

namespace Parley.Testing.Contracts;

/// <summary>What every synthesiser must do. An adapter's test class inherits it and says how to make its engine.</summary>
public abstract class SpeechSynthesizerContract
{
    private const string Sentence = "Hello there, I have 25 apples, and it is very nice to meet you today.";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    /// <summary>The engine, made or shared; skips the test where it is not installed.</summary>
    protected abstract ISpeechSynthesizer Engine { get; }

    /// <summary>Whether the same request always gives the same samples.</summary>
    protected virtual bool IsDeterministic => true;

    /// <summary>A text longer than the engine takes.</summary>
    protected virtual int TooLong => 20_000;

    [Fact]
    public async Task SynthesizeAsync_Sentence_GivesAudioAtOneRate()
    {
        var chunks = await SpeakAsync(Sentence);

        Assert.NotEmpty(chunks);
        Assert.All(chunks, c => Assert.Equal(chunks[0].SampleRate, c.SampleRate));
        Assert.InRange(chunks[0].SampleRate, 8_000, 48_000);
        Assert.All(chunks, c => Assert.NotEqual(0, c.Samples.Length));
        var samples = SamplesOf(chunks);
        Assert.InRange(samples.Length / (double)chunks[0].SampleRate, 2, 12);
        Assert.True(samples.Max(s => Math.Abs((int)s)) > 1_000, "The audio is all but silent.");
    }

    [Fact]
    public async Task SynthesizeAsync_Sentence_SpansBeginInTheirChunk()
    {
        long start = 0;
        foreach (var chunk in await SpeakAsync(Sentence))
        {
            var end = start + chunk.Samples.Length;
            var starts = chunk.Phones.Select(p => p.StartSample)
                .Concat(chunk.Visemes.Select(v => v.StartSample))
                .Concat(chunk.Words.Select(w => w.StartSample));
            Assert.All(starts, s => Assert.InRange(s, start, end - 1));
            start = end;
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task SynthesizeAsync_AnySpeed_VisemesAndPhonesCoverTheAudio(double speed)
    {
        var chunks = await SpeakAsync(new SpeechRequest(Sentence, Speed: speed));

        AssertCovers(chunks.SelectMany(c => c.Visemes).Select(v => (v.StartSample, v.Samples)), SamplesOf(chunks).Length);
        AssertCovers(chunks.SelectMany(c => c.Phones).Select(p => (p.StartSample, p.Samples)), SamplesOf(chunks).Length);
        Assert.All(chunks.SelectMany(c => c.Visemes), v => Assert.InRange(v.Weight, 0f, 1f));
        Assert.All(chunks.SelectMany(c => c.Phones), p => Assert.True(PhoneVisemes.Knows(p.Phone), $"'{p.Phone}' is no phone."));
        Assert.True(chunks.SelectMany(c => c.Visemes).Select(v => v.Viseme).Distinct().Count() >= 8, "The mouth hardly moves.");
    }

    [Fact]
    public async Task SynthesizeAsync_Sentence_WordsPointIntoTheText()
    {
        var chunks = await SpeakAsync(Sentence);
        var words = chunks.SelectMany(c => c.Words).ToList();
        var total = SamplesOf(chunks).Length;

        Assert.Equal(
            ["Hello", "there", "I", "have", "25", "apples", "and", "it", "is", "very", "nice", "to", "meet", "you", "today"],
            words.Select(w => w.Word));
        Assert.All(words, w => Assert.Equal(w.Word, Sentence.Substring(w.TextOffset, w.Word.Length)));
        Assert.Equal(words.Select(w => w.TextOffset).Order(), words.Select(w => w.TextOffset));
        Assert.Equal(words.Select(w => w.StartSample).Order(), words.Select(w => w.StartSample));
        Assert.All(words, w => Assert.InRange(w.StartSample + w.Samples, w.StartSample + 1, total));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t ")]
    [InlineData("... !? , — () + & @ = #")]
    [InlineData("\u0000\u0001\u001b")]
    [InlineData("🙂🎉")]
    public async Task SynthesizeAsync_NothingSpeakable_GivesNoChunk(string text) => Assert.Empty(await SpeakAsync(text));

    [Theory]
    [InlineData("Well \u0007done 🙂 my\u0000friend!")]
    [InlineData("Tom said “it’s a naïve café” — really…")]
    [InlineData("你好 hello мир \ud83d world")]
    [InlineData("%s %n <break/> &amp; \\n [[h@]] -v de $(x) `y` \"q\" 'z'")]
    public async Task SynthesizeAsync_OddCharacters_SpeaksTheRest(string text)
    {
        var chunks = await SpeakAsync(text);

        Assert.NotEmpty(chunks);
        AssertCovers(chunks.SelectMany(c => c.Visemes).Select(v => (v.StartSample, v.Samples)), SamplesOf(chunks).Length);
        Assert.All(chunks.SelectMany(c => c.Words), w => Assert.Equal(w.Word, text.Substring(w.TextOffset, w.Word.Length)));
    }

    [Fact]
    public async Task SynthesizeAsync_SeveralSentences_CoversTheAudioAndTheText()
    {
        var text = string.Join(' ', Enumerable.Repeat("This is a long story, and it has many sentences.", 20));
        var chunks = await SpeakAsync(text);

        var words = chunks.SelectMany(c => c.Words).ToList();
        Assert.Equal(200, words.Count);
        Assert.All(words, w => Assert.Equal(w.Word, text.Substring(w.TextOffset, w.Word.Length)));
        AssertCovers(chunks.SelectMany(c => c.Visemes).Select(v => (v.StartSample, v.Samples)), SamplesOf(chunks).Length);
    }

    [Fact]
    public async Task SynthesizeAsync_HigherSpeed_IsShorter()
    {
        var normal = SamplesOf(await SpeakAsync(Sentence)).Length;
        var fast = SamplesOf(await SpeakAsync(new SpeechRequest(Sentence, Speed: 1.5))).Length;
        var slow = SamplesOf(await SpeakAsync(new SpeechRequest(Sentence, Speed: 0.75))).Length;

        Assert.InRange(fast, normal * 0.5, normal * 0.85);
        Assert.InRange(slow, normal * 1.1, normal * 1.7);
    }

    [Fact]
    public async Task SynthesizeAsync_EightAtOnce_EqualsOneAfterTheOther()
    {
        var texts = Enumerable.Range(0, 8).Select(i => $"Request number {i}: {Sentence}").ToArray();
        var serial = new List<IReadOnlyList<SpeechChunk>>();
        foreach (var text in texts) { serial.Add(await SpeakAsync(text)); }

        var parallel = await Task.WhenAll(texts.Select(text => Task.Run(() => SpeakAsync(text)))).WaitAsync(s_patience);

        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(serial[i].SelectMany(c => c.Words), parallel[i].SelectMany(c => c.Words));
            if (!IsDeterministic) { continue; }
            Assert.Equal(serial[i].SelectMany(c => c.Phones), parallel[i].SelectMany(c => c.Phones));
            Assert.True(SamplesOf(serial[i]).AsSpan().SequenceEqual(SamplesOf(parallel[i])), $"Request {i} sounds different.");
        }
    }

    [Fact]
    public async Task SynthesizeAsync_UnknownVoice_IsRefused()
    {
        var error = await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(new SpeechRequest("Hello.", Voice: "nobody")));
        Assert.Equal(VoiceStage.Tts, error.Stage);
        Assert.Equal(FailureClass.UserInput, error.Class);
        Assert.False(error.IsTransient);
    }

    [Fact]
    public async Task SynthesizeAsync_UnknownLanguage_IsRefusedForAnotherEngine()
    {
        Assert.False(Engine.Supports("xx-XX"));
        var error = await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(new SpeechRequest("Hello.", Language: "xx-XX")));
        Assert.Equal(FailureClass.Resource, error.Class);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(2.1)]
    [InlineData(double.NaN)]
    public async Task SynthesizeAsync_SpeedOutOfRange_IsRefused(double speed)
    {
        var error = await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(new SpeechRequest("Hello.", Speed: speed)));
        Assert.Equal(FailureClass.UserInput, error.Class);
    }

    [Fact]
    public async Task SynthesizeAsync_TextTooLong_IsRefusedWithoutRepeatingIt()
    {
        var error = await Assert.ThrowsAsync<VoiceException>(() => SpeakAsync(new string('a', TooLong)));
        Assert.DoesNotContain("aaaa", error.Message, StringComparison.Ordinal);
        Assert.Equal(FailureClass.UserInput, error.Class);
    }

    [Fact]
    public async Task SynthesizeAsync_AlreadyCancelled_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CollectAsync(Engine, new SpeechRequest(Sentence), cancelled.Token));
    }

    [Fact]
    public async Task SynthesizeAsync_CancelledAfterTheFirstChunk_ThrowsAndTheEngineGoesOn()
    {
        using var cancel = new CancellationTokenSource();
        var text = string.Join(' ', Enumerable.Repeat(Sentence, 30));
        var speaking = Task.Run(async () =>
        {
            await foreach (var chunk in Engine.SynthesizeAsync(new SpeechRequest(text), cancel.Token))
            {
                Assert.NotEqual(0, chunk.Samples.Length);
                await cancel.CancelAsync();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => speaking.WaitAsync(s_patience));
        Assert.NotEmpty(await SpeakAsync("Still here."));
    }

    [Fact]
    public async Task SynthesizeAsync_AbandonedAfterTheFirstChunk_GivesTheEngineBack()
    {
        for (var i = 0; i < 20; i++)
        {
            await foreach (var chunk in Engine.SynthesizeAsync(new SpeechRequest(Sentence), TestContext.Current.CancellationToken))
            {
                Assert.NotEqual(0, chunk.Samples.Length);
                break;
            }
        }
        Assert.NotEmpty(await SpeakAsync("Still here."));
    }

    [Fact]
    public async Task SynthesizeAsync_EveryVoiceNamed_CanBeChosen()
    {
        Assert.NotEmpty(Engine.Voices);
        Assert.True(Engine.Supports("en-US"));
        var first = await SpeakAsync("Hello.");
        var named = await SpeakAsync(new SpeechRequest("Hello.", Voice: Engine.Voices[0]));
        Assert.Equal(first[0].SampleRate, named[0].SampleRate);
        if (IsDeterministic) { Assert.True(SamplesOf(first).AsSpan().SequenceEqual(SamplesOf(named))); }
    }

    protected Task<IReadOnlyList<SpeechChunk>> SpeakAsync(string text) => SpeakAsync(new SpeechRequest(text));

    protected Task<IReadOnlyList<SpeechChunk>> SpeakAsync(SpeechRequest request) => SpeakAsync(Engine, request);

    protected static Task<IReadOnlyList<SpeechChunk>> SpeakAsync(ISpeechSynthesizer engine, SpeechRequest request) =>
        CollectAsync(engine, request, TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<SpeechChunk>> CollectAsync(
        ISpeechSynthesizer engine, SpeechRequest request, CancellationToken cancellationToken)
    {
        var chunks = new List<SpeechChunk>();
        await foreach (var chunk in engine.SynthesizeAsync(request, cancellationToken)) { chunks.Add(chunk); }
        return chunks;
    }

    protected static short[] SamplesOf(IEnumerable<SpeechChunk> chunks) => [.. chunks.SelectMany(c => c.Samples.ToArray())];

    private static void AssertCovers(IEnumerable<(long Start, long Samples)> spans, long total)
    {
        long position = 0;
        foreach (var (start, samples) in spans)
        {
            Assert.Equal(position, start);
            Assert.True(samples > 0, $"A span at {start} is empty.");
            position += samples;
        }
        Assert.Equal(total, position);
    }
}
