using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Server.Transports.Native;
using Parley.Server.Transports.Realtime;
using Parley.Sessions;
using Parley.Testing.Sessions;

namespace Parley.Bench.Load;

/// <summary>The real endpoints on a real socket, with simulated engines behind it, or whichever a benchmark brings.</summary>
internal static class SimulatedServer
{
    /// <summary>What the engines take, so that the rest of a turn's time is the server's own.</summary>
    public static readonly TimeSpan Final = TimeSpan.FromMilliseconds(60), FirstToken = TimeSpan.FromMilliseconds(80), FirstAudio = TimeSpan.FromMilliseconds(40);

    /// <summary>Engines that answer in two words after the latencies above; the normal patience is 300 ms.</summary>
    public static SimulatedEngines Engines()
    {
        var engines = new SimulatedEngines(TimeProvider.System);
        engines.Turn.Normal = TimeSpan.FromMilliseconds(300);
        engines.Asr.FinalLatency = Final;
        engines.Chat.FirstTokenLatency = FirstToken;
        engines.Chat.Texts = ["Very well."];
        engines.Tts.FirstAudioLatency = FirstAudio;
        return engines;
    }

    public static SessionServices Services(IEngineSelector engines) =>
        new(engines, new ParleyMetrics(), TimeProvider.System, LoggerFactory.Create(_ => { }).CreateLogger<VoiceSession>());

    /// <summary>Starts it on a free port.</summary>
    public static Task<WebApplication> StartAsync(IEngineSelector engines, CancellationToken cancellationToken) => StartAsync(Services(engines), cancellationToken);

    /// <inheritdoc cref="StartAsync(IEngineSelector, CancellationToken)"/>
    public static async Task<WebApplication> StartAsync(SessionServices services, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(services).AddSingleton(new SessionRegistry(1_000));
        var app = builder.Build();
        app.UseWebSockets();
        app.MapConverse();
        app.MapRealtime();
        await app.StartAsync(cancellationToken);
        return app;
    }

    public static Uri WebSocketUri(this WebApplication app) => new(app.Urls.First().Replace("http", "ws", StringComparison.Ordinal));
}
