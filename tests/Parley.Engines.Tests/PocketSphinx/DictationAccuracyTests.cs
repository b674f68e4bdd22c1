using Parley.Asr;
using Parley.Audio;
using Parley.Flite.Tts;
using Parley.Testing;
using Parley.Testing.Speech;
using Parley.Tts;

namespace Parley.Engines.Tests.PocketSphinx;

/// <summary>Word error rates of free dictation through the port. The audio is written faster than real time; DecodingPassTests pace it.</summary>
[Collection(nameof(RealSpeech))]
public sealed class DictationAccuracyTests(RecognizerFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20, "jfk.wav")]
    [InlineData(32, "austen-0870.wav", "austen-0880.wav", "austen-0930.wav")]
    [InlineData(5, "cards-005.wav")]
    public async Task FinishAsync_HumanSpeech_StaysWithinItsErrorRate(double limit, params string[] files)
    {
        var texts = File.ReadLines(SharedData.Find("speech/transcripts.tsv")).Select(line => line.Split('\t')).ToDictionary(row => row[0], row => row[1]);
        var heard = new List<(string, string)>();
        foreach (var file in files) { heard.Add((texts[file], (await DictateAsync(WavReader.Read(SharedData.Find("speech/" + file)).Samples)).Text)); }

        Assert.InRange(WordErrorRate.Of(heard).Percent, 0, limit);
    }

    [Fact]
    public async Task FinishAsync_FliteSpeech_IsNearlyPerfect()
    {
        var heard = new List<(string, string)>();
        foreach (var sentence in EverydaySentences.All) { heard.Add((sentence, (await DictateAsync(await SpeakAsync(sentence))).Text)); }

        Assert.InRange(WordErrorRate.Of(heard).Percent, 0, 3);
    }

    private async Task<FinalTranscript> DictateAsync(short[] samples)
    {
        await using var stream = await fixture.Recognizer.OpenAsync(new RecognitionRequest(), Cancel);
        for (var at = 0; at < samples.Length; at += 320)
        {
            stream.Write(new AudioFrame(samples.AsMemory(at, Math.Min(320, samples.Length - at)), 16_000, AudioMath.DurationOf(at, 16_000)));
            await Task.Yield();
        }
        stream.SpeechPaused();
        return await stream.FinishAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
    }

    private static async Task<short[]> SpeakAsync(string text)
    {
        var status = FliteEngine.Registration().Probe();
        if (!status.Available) { Assert.Skip($"Flite: {status.Detail} {status.Remedy}"); }
        var flite = new FliteSynthesizer(new FliteOptions());
        var samples = new List<short>();
        await foreach (var chunk in flite.SynthesizeAsync(new SpeechRequest(text), Cancel)) { samples.AddRange(chunk.Samples.Span); }
        return [.. samples];
    }
}
