using System.ClientModel;
using OpenAI;
using OpenAI.Audio;
using Parley.Flite.Tts;
using Parley.PocketSphinx.Asr;
using Parley.Server.Configuration;

namespace Parley.Server.Tests.Api;

/// <summary>OpenAI's own .NET client against the audio endpoints.</summary>
public sealed class StockAudioClientTests
{
    [Fact]
    public async Task TranscribeAudioAsync_Verbose_ReadsWordsAndSegments()
    {
        await using var api = await AudioApi.StartAsync();
        using var file = new MemoryStream(TranscriptionTests.Speech(1.5));
        AudioTranscription transcript = await Client(api, "whisper-1").TranscribeAudioAsync(
            file, "a.wav", new AudioTranscriptionOptions
            {
                ResponseFormat = AudioTranscriptionFormat.Verbose, Language = "en",
                TimestampGranularities = AudioTimestampGranularities.Word | AudioTimestampGranularities.Segment,
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("hello there my friend", transcript.Text);
        Assert.Equal(["hello", "there", "my", "friend"], transcript.Words.Select(w => w.Word));
        Assert.Equal("hello there my friend", Assert.Single(transcript.Segments).Text);
        Assert.Equal(TimeSpan.FromSeconds(1.5), transcript.Duration);
    }

    [Fact]
    public async Task TranscribeAudioStreamingAsync_Deltas_JoinToTheText()
    {
        await using var api = await AudioApi.StartAsync();
        using var file = new MemoryStream(TranscriptionTests.Speech(1.5));
        var (deltas, text) = ("", (string?)null);
#pragma warning disable OPENAI001 // The client calls it an experiment.
        await foreach (var update in await Client(api, "gpt-4o-transcribe").TranscribeAudioStreamingAsync(file, "a.wav", cancellationToken: TestContext.Current.CancellationToken))
        {
            if (update is StreamingAudioTranscriptionTextDeltaUpdate delta) { deltas += delta.Delta; }
            if (update is StreamingAudioTranscriptionTextDoneUpdate done) { text = done.Text; }
        }
#pragma warning restore OPENAI001

        Assert.Equal("hello there my friend", text);
        Assert.Equal(text, deltas);
    }

    [Fact]
    public async Task GenerateSpeechAsync_Wav_GivesAFile()
    {
        await using var api = await AudioApi.StartAsync();
        BinaryData speech = await Client(api, "tts-1").GenerateSpeechAsync(
            "Hello there, my friend.", GeneratedSpeechVoice.Alloy, new SpeechGenerationOptions { ResponseFormat = GeneratedSpeechFormat.Wav },
            TestContext.Current.CancellationToken);
        Assert.Equal("RIFF"u8.ToArray(), speech.ToArray()[..4]);
        Assert.InRange(speech.ToArray().Length, 4 * 4_800 * 2, 4 * 4_800 * 2 + 100);
    }

    [Fact]
    public async Task GenerateSpeechAsync_ThenTranscribe_UnderstandsItself()
    {
        Assert.SkipUnless(FliteEngine.Probe().Available, "libflite1 is not installed.");
        var recognizer = PocketSphinxRecognizer.Registration();
        Assert.SkipUnless(recognizer.Probe().Available, "PocketSphinx is not installed.");
        await using var api = await AudioApi.StartAsync(asr: recognizer, tts: [FliteEngine.Registration()]);
        var format = AudioServices.Codecs().Encodes.Contains(Parley.Audio.Codecs.AudioFormat.Mp3) ? GeneratedSpeechFormat.Mp3 : GeneratedSpeechFormat.Wav;
        BinaryData speech = await Client(api, "tts-1").GenerateSpeechAsync(
            "Would you like some tea?", GeneratedSpeechVoice.Nova, new SpeechGenerationOptions { ResponseFormat = format }, TestContext.Current.CancellationToken);
        using var file = speech.ToStream();
        AudioTranscription transcript = await Client(api, "gpt-4o-transcribe").TranscribeAudioAsync(
            file, "tea." + format, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("would you like some tea", transcript.Text);
    }

    private static AudioClient Client(AudioApi api, string model) => new(
        model, new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(api.Endpoint.AbsoluteUri.TrimEnd('/')), NetworkTimeout = TimeSpan.FromSeconds(30) });
}
