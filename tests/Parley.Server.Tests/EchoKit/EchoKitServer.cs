using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Audio.Codecs;
using Parley.Diagnostics;
using Parley.Opus.Codecs;
using Parley.Server.Api;
using Parley.Server.Configuration;
using Parley.Server.Transports.EchoKit;
using Parley.Sessions;
using Parley.Testing;
using Parley.Testing.Sessions;
using Parley.Testing.Transports;
using Parley.Timeline;
using Parley.Vad;
using SessionOptions = Parley.Sessions.SessionOptions;

namespace Parley.Server.Tests.EchoKit;

/// <summary>The endpoints for EchoKit devices on a free port of this machine, with simulated engines behind them.</summary>
internal sealed class EchoKitServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<EchoKitDevice> _devices = [];

    private EchoKitServer(WebApplication app, SimulatedEngines engines) => (_app, Engines) = (app, engines);

    public SimulatedEngines Engines { get; }

    public SessionRegistry Sessions => _app.Services.GetRequiredService<SessionRegistry>();

    public Uri Http => new(_app.Urls.First());

    /// <summary>Starts one.</summary>
    /// <param name="engines">Changes the engines before the first session.</param>
    /// <param name="options">Changes the options.</param>
    /// <param name="keys">The keys that devices must show; none: whoever comes is let in.</param>
    /// <param name="opus">What stands for libopus; null: itself.</param>
    public static async Task<EchoKitServer> StartAsync(
        Action<SimulatedEngines>? engines = null, Action<EchoKitOptions>? options = null, string[]? keys = null, IOpusCodec? opus = null)
    {
        var simulated = new SimulatedEngines(TimeProvider.System);
        engines?.Invoke(simulated);
        var chosen = new EchoKitOptions { Hello = "" };
        options?.Invoke(chosen);
        var (registry, metrics) = (new SessionRegistry(100), new ParleyMetrics());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(metrics).AddSingleton(registry).AddSingleton(new ApiKeys(keys ?? []));
        builder.Services.AddSingleton(AudioServices.Codecs()).AddSingleton(opus ?? new OpusCodec());
        builder.Services.AddSingleton(new SessionServices(simulated, metrics, TimeProvider.System, NullLogger<VoiceSession>.Instance)
        {
            Options = new SessionOptions { NoAudioTimeout = TimeSpan.FromMinutes(1) },
            Store = new InMemorySessionStore(TimeProvider.System),
            Running = registry,
            Vad = new VadOptions { MinSpeech = TimeSpan.FromMilliseconds(40) },
        });
        builder.Services.AddEchoKit(chosen);
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.MapEchoKit();
        await app.StartAsync();
        return new EchoKitServer(app, simulated);
    }

    /// <summary>A device that is connected; disposed with the server.</summary>
    public async Task<EchoKitDevice> ConnectAsync(string path, string? key = null)
    {
        var device = Device();
        await device.ConnectAsync(new Uri(Http.ToString().Replace("http", "ws", StringComparison.Ordinal)), path, key);
        return device;
    }

    /// <summary>The status with which a device is refused.</summary>
    public async Task<int> RefusedAsync(string path, string? key = null)
    {
        var device = Device();
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(
            () => device.ConnectAsync(new Uri(Http.ToString().Replace("http", "ws", StringComparison.Ordinal)), path, key));
        return (int)device.Socket.HttpStatusCode;
    }

    /// <summary>Waits until nothing of any session is left.</summary>
    public Task SettleAsync() => Eventually.TrueAsync(
        () => Sessions.Count == 0 && Engines.Asr.OpenStreams == 0 && Engines.Vad.OpenStreams == 0 && Engines.Tts.Active == 0,
        () => $"Left behind: {Sessions.Count} sessions, {Engines.Asr.OpenStreams} decoders, {Engines.Vad.OpenStreams} VAD streams, {Engines.Tts.Active} syntheses.");

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices) { device.Dispose(); }
        await _app.DisposeAsync();
    }

    private EchoKitDevice Device()
    {
        var device = new EchoKitDevice();
        _devices.Add(device);
        return device;
    }
}
