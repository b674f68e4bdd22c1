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
    private static readonly string[] s_sentences =
    [
        "I would like a table for two near the window please.",
        "What time does the next train to London leave?",
        "Yesterday we went to the market and bought some fresh bread.",
        "My brother has worked in this company for seven years.",
        "The weather is much better today than it was last week.",
        "We are planning to visit our friends in the summer.",
        "Could you tell me how to get to the station?",
        "I usually have breakfast at half past seven.",
        "She is going to study medicine at the university.",
        "There is a small park behind the old church.",
        "I have never been to Spain but I would love to go.",
        "Can I pay by credit card or do you only take cash?",
        "He plays football with his children every Sunday morning.",
        "The film was interesting but a little too long.",
        "Please turn left at the corner and then go straight on.",
        "I forgot my umbrella on the bus this morning.",
        "How much does a ticket to the museum cost?",
        "My sister is looking for a new apartment in the city.",
        "If it rains tomorrow we will stay at home and cook.",
        "Thank you very much for your help.",
    ];

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
        foreach (var sentence in s_sentences) { heard.Add((sentence, (await DictateAsync(await SpeakAsync(sentence))).Text)); }

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
