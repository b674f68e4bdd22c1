using Parley.Diagnostics;
using Parley.Flite.Tts;
using Parley.Testing.Contracts;
using Parley.Tts;

namespace Parley.Engines.Tests.Flite;

public sealed class FliteSynthesizerTests : SpeechSynthesizerContract
{
    protected override ISpeechSynthesizer Engine { get; } = Create();

    [Theory]
    [InlineData("slt", 16_000)]
    [InlineData("rms", 16_000)]
    [InlineData("awb", 16_000)]
    [InlineData("kal16", 16_000)]
    [InlineData("kal", 8_000)]
    public async Task SynthesizeAsync_EachVoice_ReportsItsRateAndCoversItsAudio(string voice, int rate)
    {
        Assert.SkipUnless(Engine.Voices.Contains(voice), $"The voice {voice} is not installed.");
        foreach (var speed in new[] { 0.5, 1, 2 })
        {
            var chunks = await SpeakAsync(new SpeechRequest("Good morning, what can I do for you?", voice, Speed: speed));
            Assert.Equal(rate, chunks[0].SampleRate);
            var last = chunks.SelectMany(c => c.Visemes).Last();
            Assert.Equal(SamplesOf(chunks).Length, last.StartSample + last.Samples);
            Assert.Equal(SamplesOf(chunks).Length, chunks.SelectMany(c => c.Visemes).Sum(v => v.Samples));
        }
    }

    [Fact]
    public async Task SynthesizeAsync_KnownWords_GivesTheirPhones()
    {
        var phones = (await SpeakAsync("Good cat.")).SelectMany(c => c.Phones).Select(p => p.Phone);
        Assert.Equal(["pau", "g", "uh", "d", "k", "ae", "t", "pau"], phones);
    }

    [Fact]
    public async Task SynthesizeAsync_Phones_SoundWhereTheyAreSaidToBe()
    {
        var chunks = await SpeakAsync("Pass, pass, pass.");
        var samples = SamplesOf(chunks);
        var phones = chunks.SelectMany(c => c.Phones).ToList();
        double Power(string phone) => phones.Where(p => p.Phone == phone).Average(p =>
            samples.AsSpan((int)p.StartSample, (int)p.Samples).ToArray().Average(s => (double)s * s));

        Assert.True(Power("ae") > 20 * Power("pau"), "The vowels are not where the timings say.");
    }

    [Fact]
    public async Task SynthesizeAsync_MoneyAndTimes_KeepTheirPlaceInTheText()
    {
        const string Text = "It costs $3.50 (well, \"maybe\") at 10:30, don't you think?";
        var words = (await SpeakAsync(Text)).SelectMany(c => c.Words).ToList();

        Assert.Equal(["It", "costs", "$3.50", "well", "maybe", "at", "10:30", "don't", "you", "think"], words.Select(w => w.Word));
        Assert.All(words, w => Assert.Equal(Text.IndexOf(w.Word, w.TextOffset, StringComparison.Ordinal), w.TextOffset));
    }

    [Theory]
    [InlineData("Tom said “it’s a naïve café” — really…", "Tom said it’s a naïve café really")]
    [InlineData("Mail jo@example.org, 2 + 2 = 4 #fun.", "Mail jo @ example.org 2 + 2 = 4 fun")]
    [InlineData("Well - yes & no, 50%!", "Well yes & no 50%")]
    public async Task SynthesizeAsync_Signs_AreReadOrSkipped(string text, string words) =>
        Assert.Equal(words, string.Join(' ', (await SpeakAsync(text)).SelectMany(c => c.Words).Select(w => w.Word)));

    [Fact]
    public async Task SynthesizeAsync_FirstWord_ComesAfterAShortPause()
    {
        var chunks = await SpeakAsync("Hello.");
        var first = chunks.SelectMany(c => c.Phones).First();
        Assert.Equal(("pau", 640L), (first.Phone, first.Samples));
    }

    [Fact]
    public async Task SynthesizeAsync_EngineBusyTooLong_IsTransient()
    {
        var impatient = new FliteSynthesizer(new FliteOptions { QueueTimeout = TimeSpan.Zero });
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var others = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested) { Assert.NotEmpty(await SpeakAsync("Keep it busy.")); }
        })).ToList();
        var isRefused = false;
        while (!enough.IsCancellationRequested)
        {
            try
            {
                Assert.NotEmpty(await SpeakAsync(impatient, new SpeechRequest("Me too.")));
            }
            catch (VoiceException e) when (e.IsTransient)
            {
                isRefused = true;
                await enough.CancelAsync();
            }
        }
        await Task.WhenAll(others);
        Assert.True(isRefused);
    }

    [Fact]
    public async Task SynthesizeAsync_RandomText_NeverFails()
    {
        const int Seed = 20_817;
        var random = new Random(Seed);
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => (char)(random.Next(4) switch
            {
                0 => random.Next('a', 'z' + 1),
                1 => random.Next(' ', '~' + 1),
                2 => random.Next(0, 0x250),
                _ => random.Next('0', '9' + 1),
            })));
            var chunks = await SpeakAsync(new SpeechRequest(text, Engine.Voices[^1]));
            Assert.True(
                SamplesOf(chunks).Length == chunks.SelectMany(c => c.Visemes).Sum(v => v.Samples), $"Seed {Seed}, text {i}: a gap.");
        }
    }

    [Fact]
    public void Probe_Installed_NamesTheVoices()
    {
        var status = FliteEngine.Registration().Probe();
        Assert.True(status.Available);
        Assert.Equal((VoiceStage.Tts, "flite"), (status.Stage, status.Name));
        Assert.Contains("slt", status.Detail, StringComparison.Ordinal);
    }

    private static FliteSynthesizer Create()
    {
        Assert.SkipUnless(FliteEngine.Probe().Available, "libflite is not installed.");
        return new FliteSynthesizer(new FliteOptions { QueueTimeout = TimeSpan.FromMinutes(1) }); // Others of these tests may be in front.
    }
}
