using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Server.Api;
using Parley.Server.Api.Audio;
using Parley.Server.Configuration;
using Parley.Testing.Simulated;
using Parley.Tts;
using Parley.Vad;

namespace Parley.Server.Tests.Api;

/// <summary>The audio endpoints on a free port of this machine, with simulated engines behind them, or real ones.</summary>
internal sealed class AudioApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AudioApi(WebApplication app) => (_app, Http) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.First() + "/v1/") });

    public HttpClient Http { get; }

    public Uri Endpoint => Http.BaseAddress!;

    public SimulatedRecognizer Asr { get; private init; } = new(TimeProvider.System);

    public SimulatedSynthesizer Tts { get; private init; } = new(TimeProvider.System);

    /// <summary>Starts one.</summary>
    /// <param name="options">Bounds and names; null for the defaults.</param>
    /// <param name="asr">A recogniser in place of the simulated one.</param>
    /// <param name="tts">Synthesisers in place of the simulated one.</param>
    public static async Task<AudioApi> StartAsync(
        AudioApiOptions? options = null, EngineRegistration<ISpeechRecognizer>? asr = null, EngineRegistration<ISpeechSynthesizer>[]? tts = null)
    {
        var (recognizer, synthesizer) = (new SimulatedRecognizer(TimeProvider.System), new SimulatedSynthesizer(TimeProvider.System));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new EngineCatalog(
            new EngineOptions(),
            [Simulated<IVoiceActivityDetector>(VoiceStage.Vad, new SimulatedVad())], [asr ?? Simulated<ISpeechRecognizer>(VoiceStage.Asr, recognizer)], [],
            tts ?? [Simulated<ISpeechSynthesizer>(VoiceStage.Tts, synthesizer)], new SilenceTurnDetector()));
        builder.Services.AddSingleton(AudioServices.Codecs());
        builder.Services.AddAudioApi(options ?? new AudioApiOptions());
        var app = builder.Build();
        app.MapApi().MapAudio();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new AudioApi(app) { Asr = recognizer, Tts = synthesizer };
    }

    public static EngineRegistration<TPort> Simulated<TPort>(VoiceStage stage, TPort engine, string name = "simulated", int priority = 0)
        where TPort : class => new(name, () => new EngineStatus(stage, name, true, "1", "Simulated."), () => engine, priority);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
