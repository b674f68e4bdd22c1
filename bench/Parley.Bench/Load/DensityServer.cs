using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using Parley.Diagnostics;
using Parley.Onnx.Vad;
using Parley.Server.Configuration;
using Parley.Server.Observability;
using Parley.Server.Threading;
using Parley.Server.Transports.Native;
using Parley.Sessions;
using Parley.Sqlite.Timeline;
using Parley.Testing.Simulated;
using Parley.Timeline;

namespace Parley.Bench.Load;

/// <summary>What many sessions are measured on, as a process of its own: the real endpoint and the real detector, with engines of known latency behind them, and an echo.</summary>
internal static class DensityServer
{
    /// <summary>What the command line of such a process begins with.</summary>
    public const string Command = "density-server";

    /// <summary>Asked for, it tells its live managed memory after a collection, in bytes.</summary>
    public const string Memory = "memory";

    private const int MaxSessions = 4_000;

    /// <summary>What it does: it says that it is there and serves until its standard input ends.</summary>
    /// <param name="port">Where.</param>
    /// <param name="folder">Where it keeps sessions; its caller's to delete.</param>
    /// <param name="collector">Where it sends metrics and traces; null: it makes none.</param>
    public static async Task RunAsync(int port, string folder, Uri? collector = null)
    {
        using var vad = new SileroVoiceActivityDetector(new SileroOptions { MaxStreams = MaxSessions, MaxBatch = 64 });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.UseInlineSockets();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        // Where users have them, on disk: lines that break are taken up again.
        await using var store = SqliteSessionStore.Open(
            new StoreOptions { Path = Path.Combine(folder, "sessions.db"), QueueCapacity = 100_000 }, TimeProvider.System);
        var registry = new SessionRegistry(MaxSessions);
        using var loops = new SessionLoops(Environment.ProcessorCount, TimeProvider.System);
        var services = SimulatedServer.Services(Engines(vad)) with { Time = loops.Time, Aside = SessionLoops.Aside, Store = store, Running = registry };
        builder.Services.AddSingleton(services).AddSingleton(loops).AddSingleton(registry);
        if (collector is not null)
        {
            builder.Services.AddSingleton(TimeProvider.System).AddSingleton(services.Metrics).AddSingleton<GatewayMetrics>();
            builder.Services.AddTelemetry(new TelemetryOptions { Endpoint = collector, Interval = TimeSpan.FromSeconds(1), Protocol = OtlpExportProtocol.HttpProtobuf });
        }
        await using var app = builder.Build();
        app.UsePool();
        app.UseWebSockets();
        app.MapConverse();
        app.Map("/echo", EchoAsync);
        if (collector is not null) { app.MapMetrics(); }
        await app.StartAsync();
        Console.Out.WriteLine("ready");
        // Not one of the pool's threads: what is measured has them all.
        new Thread(() => Answer(app)) { IsBackground = true, Name = "questions" }.Start();
        await app.WaitForShutdownAsync();
    }

    private static TalkingEngines Engines(SileroVoiceActivityDetector vad)
    {
        var time = TimeProvider.System;
        return new TalkingEngines(
            vad,
            new SimulatedRecognizer(time) { FinalLatency = SimulatedServer.Final, RemembersCalls = false },
            new SimulatedChatClient(time) { FirstTokenLatency = SimulatedServer.FirstToken, Texts = ["That sounds very good to me, so tell me more about it."], RemembersCalls = false },
            new SimulatedSynthesizer(time) { FirstAudioLatency = SimulatedServer.FirstAudio, RemembersCalls = false });
    }

    /// <summary>Each frame goes back as it came.</summary>
    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4_096];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                if (got.MessageType == WebSocketMessageType.Close) { return; }
                await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, context.RequestAborted);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private static void Answer(WebApplication app)
    {
        while (Console.In.ReadLine() is { } question)
        {
            if (question != Memory) { continue; }
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            Console.Out.WriteLine(GC.GetTotalMemory(forceFullCollection: false).ToString(CultureInfo.InvariantCulture));
        }
        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
    }
}
