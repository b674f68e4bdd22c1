using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Alignment;
using Parley.Diagnostics;
using Parley.Server.Api;
using Parley.Server.Configuration;
using Parley.Testing.Simulated;
using Parley.Tts;

namespace Parley.Server.Tests.Api;

/// <summary>What judges recordings, on a free port of this machine, with an aligner behind it.</summary>
internal sealed class AssessApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AssessApi(WebApplication app) => (_app, Http) = (app, new HttpClient { BaseAddress = new Uri(app.Urls.First()) });

    public HttpClient Http { get; }

    /// <summary>Starts one.</summary>
    /// <param name="aligner">What lays texts along recordings.</param>
    /// <param name="map">Maps the endpoints that are tested.</param>
    /// <param name="services">Adds what further endpoints need.</param>
    public static async Task<AssessApi> StartAsync(EngineRegistration<IPhoneAligner> aligner, Action<RouteGroupBuilder> map, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(AudioServices.Codecs());
        builder.Services.AddAudioApi(new AudioApiOptions());
        builder.Services.AddPronunciationApi(aligner, Voice());
        services?.Invoke(builder.Services);
        var app = builder.Build();
        map(app.MapApi());
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new AssessApi(app);
    }

    /// <summary>An aligner that spreads phones evenly.</summary>
    public static EngineRegistration<IPhoneAligner> Simulated(bool available = true) =>
        new("simulated", () => new EngineStatus(VoiceStage.Coach, "simulated", available, "1", "Simulated."), () => new SimulatedAligner());

    private static EngineRegistration<ISpeechSynthesizer> Voice() =>
        new("simulated", () => new EngineStatus(VoiceStage.Tts, "simulated", true, "1", "Simulated."), () => new SimulatedSynthesizer(TimeProvider.System));

    /// <summary>Sends a recording, as a file of a form.</summary>
    /// <param name="path">Where.</param>
    /// <param name="audio">The file.</param>
    /// <param name="part">The name of its part.</param>
    /// <param name="fields">The other parts.</param>
    public async Task<HttpResponseMessage> PostAsync(string path, byte[] audio, string part = "audio", params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(audio), part, "a.wav" } };
        foreach (var (name, value) in fields) { form.Add(new StringContent(value), name); }
        return await Http.PostAsync(new Uri(path, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
