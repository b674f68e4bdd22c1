using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Resilience;
using Parley.Server.Configuration;
using Parley.Server.Observability;
using Parley.Server.Tests.Hosting;
using Parley.Sessions;
using Parley.Sessions.Admission;
using Parley.Transports.Protocol;
using Parley.Tts.Caching;
using Parley.Turns;
using Parley.Turns.Interruptions;

namespace Parley.Server.Tests.Observability;

/// <summary>A server whose sessions are measured and traced, with simulated engines in chains.</summary>
internal static class TelemetryServer
{
    /// <summary>What its user says, and what they are answered.</summary>
    public const string Heard = "marmalade is secret", Answer = "Nobody shall read of the pelican.";

    public static Task<TestServer> StartAsync(TelemetryOptions? options = null, int maxSessions = 100)
    {
        EngineGuards guards = null!;
        return TestServer.StartAsync(
            engines =>
            {
                (engines.Asr.Texts, engines.Chat.Texts) = ([Heard], [Answer]);
                guards = engines.JoinWithSpares().Guards;
            },
            maxSessions: maxSessions,
            services: services =>
            {
                services.AddSingleton(TimeProvider.System).AddSingleton(p => p.GetRequiredService<SessionServices>().Metrics).AddSingleton<GatewayMetrics>();
                services.AddSingleton(_ => new LoadMeter(TimeProvider.System, static () => 0));
                services.AddSingleton(p => new AdmissionGate(new AdmissionOptions(), TimeProvider.System, p.GetRequiredService<LoadMeter>().Read));
                options ??= new TelemetryOptions();
                services.AddTelemetry(options);
                var sessions = (SessionServices)services.Last(s => s.ServiceType == typeof(SessionServices)).ImplementationInstance!;
                services.AddSingleton(sessions with { TraceSpeech = options.Speech });
            },
            routes: app =>
            {
                var metrics = app.Services.GetRequiredService<ParleyMetrics>();
                metrics.Observe(app.Services.GetRequiredService<SessionRegistry>());
                metrics.Observe(app.Services.GetRequiredService<AdmissionGate>(), app.Services.GetRequiredService<LoadMeter>());
                guards.Report(metrics);
                app.MapMetrics();
            });
    }

    /// <summary>Says something, hears the answer out and ends the session.</summary>
    public static async Task<IReadOnlyList<object>> ConverseAsync(this TestServer server)
    {
        var client = await server.TalkAsync(new SessionConfig());
        await client.SpeakAsync();
        await client.ExpectAsync<ReplyFinished>();
        await client.SendAsync(new SessionEnd());
        await client.ExpectCloseAsync();
        await server.SettleAsync();
        return client.Received;
    }

    /// <summary>Has every counter count: a series is there only once it did.</summary>
    public static void CountEverything(this TestServer server)
    {
        var metrics = server.Services.GetRequiredService<ParleyMetrics>();
        metrics.Interrupted();
        metrics.InterruptionWasFalse(InterruptionKind.Noise);
        metrics.AudioDropped();
        metrics.StalePacketStopped();
        metrics.PlaybackWasClamped();
        metrics.TurnNotObserved();
        metrics.ErrorSent("internal");
        metrics.DegradedTo(VoiceStage.Reply);
        metrics.DraftBegun();
        metrics.DraftKept();
        metrics.SessionResumed();
        metrics.SessionRefused(Overload.Cpu);
        metrics.StoreFailed();
        metrics.Recovered(Stall.Speaking);
        metrics.EntriesLost(1);
        metrics.DeviceInputSkipped("dialect", "kind");
        metrics.EngineWaitedFor(VoiceStage.Asr, TimeSpan.FromSeconds(1));
        metrics.FeedbackBegan(TimeSpan.FromSeconds(1));
        metrics.BargeInStopped(TimeSpan.FromSeconds(1));
        metrics.Observe(new SpeechCache(new SpeechCacheOptions { DiskBytes = 0 }, TimeProvider.System));
        var everything = TimeSpan.FromSeconds(1);
        metrics.TurnMeasured(new TurnTimings
        {
            Endpoint = everything, AsrFirstPartial = everything, AsrFinal = everything, ReplyFirstToken = everything, TtsFirstAudio = everything, FirstAudio = everything, Overhead = everything,
        });
        using var answer = server.Services.GetRequiredService<GatewayMetrics>().Begin(ReplyMode.Direct);
        answer.Answered();
        answer.Completed();
    }
}
