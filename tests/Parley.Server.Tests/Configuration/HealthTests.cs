using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Onnx.Vad;
using Parley.PocketSphinx.Asr;
using Parley.Policy;
using Parley.Server.Api;
using Parley.Server.Api.Audio;
using Parley.Server.Api.Models;
using Parley.Server.Configuration;
using Parley.Server.Tests.Hosting;
using Parley.Sessions;
using Parley.Testing.Simulated;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Tutor;
using Parley.Vad;

namespace Parley.Server.Tests.Configuration;

public sealed class HealthTests
{
    private static readonly SileroOptions s_noSilero = new() { LibraryPath = "/nowhere/libonnxruntime.so" };

    private static readonly PocketSphinxOptions s_noModel = new() { ModelPath = "/nowhere" };

    [Fact]
    public async Task Health_AllEnginesThere_IsOk()
    {
        await using var app = await StartAsync(Registrations.Catalog());

        var (status, body) = await GetAsync(app, "/health");

        Assert.Equal(HttpStatusCode.OK, status);
        var health = JsonDocument.Parse(body).RootElement;
        Assert.Equal("ok", health.GetProperty("status").GetString());
        Assert.Equal(0, health.GetProperty("sessions").GetInt32());
        Assert.Equal("simulated", health.GetProperty("chosen").GetProperty("asr").GetProperty("name").GetString());
        Assert.Equal(4, health.GetProperty("engines").GetArrayLength());
        Assert.Equal("""{"name":"memory","healthy":true,"lost_entries":0}""", Compact(health.GetProperty("store")));
    }

    [Fact]
    public async Task Health_StoreFails_IsDegradedAndSaysWhy()
    {
        await using var app = await StartAsync(Registrations.Catalog(), new InMemorySessionStore(TimeProvider.System, insteadOf: "The disk is gone."));

        var (status, body) = await GetAsync(app, "/health");

        Assert.Equal(HttpStatusCode.OK, status);
        var health = JsonDocument.Parse(body).RootElement;
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        Assert.Equal("""{"name":"memory","healthy":false,"lost_entries":0,"fault":"The disk is gone."}""", Compact(health.GetProperty("store")));
        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync(app, "/health/ready"));
    }

    [Fact]
    public async Task Health_Canary_IsComparedWithWhatTheOthersGet()
    {
        var chooser = new EngineChooser(new PolicyOptions { Canary = { ["simulated"] = 1 } });
        await using var app = await StartAsync(Registrations.Catalog(chooser: chooser));
        ((IEngineSelector)app.Services.GetRequiredService<EngineCatalog>()).Select(new SessionConfig(), new SelectionContext("s1", "ana"));

        var policy = JsonDocument.Parse((await GetAsync(app, "/health")).Body).RootElement.GetProperty("policy");

        Assert.Equal("auto", policy.GetProperty("mode").GetString());
        Assert.Equal(1, policy.GetProperty("weights").GetProperty("latency").GetDouble());
        var canary = policy.GetProperty("canaries").EnumerateArray().Single(c => c.GetProperty("stage").GetString() == "asr");
        Assert.Equal(("simulated", 1, 1), (canary.GetProperty("engine").GetString(), canary.GetProperty("share").GetDouble(), canary.GetProperty("sessions").GetInt32()));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Probe_AllEnginesThere_IsOk(string path)
    {
        await using var app = await StartAsync(Registrations.Catalog());

        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync(app, path));
    }

    [Fact]
    public async Task Health_SileroMissing_EnergyServesAndItSaysWhy()
    {
        await using var app = await StartAsync(Registrations.Catalog(vad: [SileroVoiceActivityDetector.Register(s_noSilero), EnergyVoiceActivityDetector.Registration]));
        app.LoadEngines();

        var (status, body) = await GetAsync(app, "/health");

        Assert.Equal(HttpStatusCode.OK, status);
        var health = JsonDocument.Parse(body).RootElement;
        Assert.Equal("degraded", health.GetProperty("status").GetString());
        var vad = health.GetProperty("chosen").GetProperty("vad");
        Assert.Equal("energy", vad.GetProperty("name").GetString());
        Assert.Contains("silero", vad.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains("./parley setup", vad.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync(app, "/health/ready"));
    }

    [Fact]
    public async Task Health_NoRecogniser_IsFailedButAlive()
    {
        await using var app = await StartAsync(WithoutRecogniser());

        var (status, body) = await GetAsync(app, "/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("failed", JsonDocument.Parse(body).RootElement.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync(app, "/health/ready")).Status);
        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync(app, "/health/live"));
    }

    [Fact]
    public async Task Reports_EnginesRun_ProbeEachOnceAndNamesAskNobody()
    {
        var probes = 0;
        var asr = new EngineRegistration<ISpeechRecognizer>(
            "counted", () => { probes++; return new EngineStatus(VoiceStage.Asr, "counted", true, "1", ""); }, () => new SimulatedRecognizer(TimeProvider.System));
        using var engines = Registrations.Catalog(asr: [asr]);
        engines.Load();
        await using var app = await StartAsync(engines);
        var models = new ModelDirectory(engines, new GatewayOptions(), TimeProvider.System, new AudioModels(engines, new AudioApiOptions()));

        Assert.Equal(0, await ProbesAsync(() => GetAsync(app, "/health/ready")));
        Assert.Equal(1, await ProbesAsync(() => GetAsync(app, "/health")));
        Assert.Equal(1, await ProbesAsync(() => Task.FromResult(models.List())));
        Assert.Equal(0, await ProbesAsync(() => Task.FromResult(new AudioModels(engines, new AudioApiOptions()).EngineOf(VoiceStage.Asr, "whisper-1"))));

        async Task<int> ProbesAsync(Func<Task> report)
        {
            probes = 0;
            await report();
            return probes;
        }
    }

    [Fact]
    public void Probe_Tutor_ReadsItsScenariosOnce()
    {
        var folder = Directory.CreateTempSubdirectory();
        var registration = TutorEngine.Registration(new TutorOptions { ScenarioFolder = folder.FullName });
        Assert.True(registration.Probe().Available);
        folder.Delete();
        Assert.Same(registration.Probe(), registration.Probe());
    }

    [Fact]
    public async Task LoadEngines_NoRecogniser_ThrowsAndNamesThePackage()
    {
        await using var app = await StartAsync(WithoutRecogniser());

        var failure = Assert.Throws<VoiceException>(app.LoadEngines);

        Assert.Equal(VoiceStage.Asr, failure.Stage);
        Assert.Contains("pocketsphinx-en-us", failure.Message, StringComparison.Ordinal);
    }

    private static EngineCatalog WithoutRecogniser() => Registrations.Catalog(asr: [PocketSphinxRecognizer.Registration(s_noModel, TimeProvider.System)]);

    private static async Task<WebApplication> StartAsync(EngineCatalog engines, ISessionStore? store = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(engines).AddSingleton(new SessionRegistry(100));
        builder.Services.AddSingleton(store ?? new InMemorySessionStore(TimeProvider.System));
        var app = builder.Build();
        app.MapHealth();
        await app.StartAsync();
        return app;
    }

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json);

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(WebApplication app, string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
