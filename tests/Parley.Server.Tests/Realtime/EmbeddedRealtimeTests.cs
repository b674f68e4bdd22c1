using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using OpenAI.Realtime;
using Parley.Audio;
using Parley.Flite.Tts;
using Parley.PocketSphinx.Asr;
using Parley.Server.Tests.Hosting;
using Parley.Testing;

namespace Parley.Server.Tests.Realtime;

#pragma warning disable OPENAI002 // The client calls it an experiment.

/// <summary>Stock clients say a recording to the server as it is, with the engines that every installation has.</summary>
public sealed class EmbeddedRealtimeTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-embedded-").FullName;
    private WebApplication _app = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Server => new(_app.Urls.First());

    private string Speech => Path.Combine(_folder, "speech.pcm");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(FliteEngine.Probe().Available, "libflite1 is not installed.");
        Assert.SkipUnless(PocketSphinxRecognizer.Registration().Probe().Available, "PocketSphinx is not installed.");
        var recording = WavReader.Read(SharedData.Find("speech/austen-0880.wav"));
        var pcm = Pcm16.ToBytes(Resampler.Convert(recording.Samples, recording.SampleRate, 24_000));
        await File.WriteAllBytesAsync(Speech, [.. pcm, .. Voice.Silence(3_000, 24_000)], Cancellation);
        _app = ParleyServer.Build(
            ["--urls=http://127.0.0.1:0", "--Parley:Store:Enabled=false", "--Parley:Engines:Asr=pocketsphinx", "--Parley:Engines:Tts=flite", "--Parley:Engines:Reply=tutor"],
            builder => builder.Logging.ClearProviders());
        _app.LoadEngines();
        await _app.StartAsync(Cancellation);
    }

    [Fact]
    public async Task DotNet_RecordingAtOnce_IsUnderstoodAndAnsweredAloud()
    {
        await using var talk = await StockTalk.StartAsync(Server, "any", new RealtimeConversationSessionOptions
        {
            AudioOptions = new() { InputAudioOptions = new() { AudioTranscriptionOptions = new() { Model = "whisper-1" } } },
        });
        await using var speech = File.OpenRead(Speech);

        await talk.Session.SendInputAudioAsync(speech, Cancellation);
        var response = (await talk.NextAsync<RealtimeServerUpdateResponseDone>(d => d.Response.Status == RealtimeResponseStatus.Completed)).Response;

        var heard = string.Join(' ', talk.Received.OfType<RealtimeServerUpdateConversationItemInputAudioTranscriptionCompleted>().Select(t => t.Transcript));
        Assert.Contains("young man", heard, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(RealtimeResponseStatus.Completed, response.Status);
        Assert.Contains(talk.Received.OfType<RealtimeServerUpdateResponseOutputAudioDelta>(), d => d.Delta.ToMemory().Span.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public Task Npm_Recording_IsUnderstoodAndAnsweredAloud() =>
        NpmClients.AssertRightAsync("realtime.mjs", "openai", ["ws", new Uri(Server, "/v1").AbsoluteUri, "any", Speech, "spoken"]);

    [Fact]
    public Task Agents_Recording_IsUnderstoodAndAnsweredAloud() => NpmClients.AssertRightAsync(
        "agents.mjs", Path.Combine("@openai", "agents-realtime"), [new UriBuilder(Server) { Scheme = "ws", Path = "/v1/realtime" }.Uri.AbsoluteUri, "any", Speech, "spoken"]);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }
}
