using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Diagnostics;
using Parley.Server.Api;
using Parley.Server.Api.Realtime;
using Parley.Server.Threading;
using Parley.Server.Transports.Native;
using Parley.Server.Transports.Realtime;
using Parley.Sessions;
using Parley.Sessions.Admission;
using Parley.Testing;
using Parley.Testing.Sessions;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Vad;
using SessionOptions = Parley.Sessions.SessionOptions;

namespace Parley.Server.Tests.Hosting;

/// <summary>The real endpoint on a free port of this machine, with simulated engines behind it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<ConverseClient> _clients = [];

    private TestServer(WebApplication app, SimulatedEngines engines) => (_app, Engines) = (app, engines);

    public SimulatedEngines Engines { get; }

    /// <summary>The sessions' bounds and waits.</summary>
    public SessionOptions Options => _app.Services.GetRequiredService<SessionServices>().Options;

    public IServiceProvider Services => _app.Services;

    public SessionRegistry Sessions => _app.Services.GetRequiredService<SessionRegistry>();

    public Uri Http => new(_app.Urls.First(u => u.StartsWith("http:", StringComparison.Ordinal)));

    /// <summary>The same over TLS, where a test has it served.</summary>
    public Uri Https => new(_app.Urls.First(u => u.StartsWith("https:", StringComparison.Ordinal)));

    public Uri WebSocket => new UriBuilder(Http) { Scheme = "ws" }.Uri;

    /// <summary>Starts one.</summary>
    /// <param name="engines">Changes the engines before the first session.</param>
    /// <param name="options">Changes the sessions' bounds and waits; a microphone that falls silent, as a busy machine's may, ends no turn.</param>
    /// <param name="maxSessions">Sessions at a time.</param>
    /// <param name="vad">The detector, where another than the usual is wanted.</param>
    /// <param name="webSockets">Keep-alive; without, none.</param>
    /// <param name="store">Where sessions are kept; without, in memory.</param>
    /// <param name="keys">The keys that are asked for; without, none.</param>
    /// <param name="secrets">The client secrets; without, there are none.</param>
    /// <param name="services">Adds what further endpoints need.</param>
    /// <param name="routes">Adds further endpoints.</param>
    /// <param name="gate">Turns new sessions away; without, only room counts.</param>
    public static async Task<TestServer> StartAsync(
        Action<SimulatedEngines>? engines = null, Action<SessionOptions>? options = null, int maxSessions = 100, SimulatedVad? vad = null,
        WebSocketOptions? webSockets = null, ISessionStore? store = null, ApiKeys? keys = null, ClientSecrets? secrets = null,
        Action<IServiceCollection>? services = null, Action<WebApplication>? routes = null, AdmissionGate? gate = null)
    {
        var simulated = new SimulatedEngines(TimeProvider.System) { Vad = vad ?? new SimulatedVad() };
        engines?.Invoke(simulated);
        var bounds = new SessionOptions { NoAudioTimeout = TimeSpan.FromMinutes(1) };
        options?.Invoke(bounds);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseInlineSockets();
        var registry = new SessionRegistry(maxSessions, gate);
        builder.Services.AddSingleton(registry);
        if (keys is not null) { builder.Services.AddSingleton(keys); }
        if (secrets is not null) { builder.Services.AddSingleton(secrets); }
        builder.Services.AddSingleton(
            new SessionServices(simulated, new ParleyMetrics(), TimeProvider.System, NullLogger<VoiceSession>.Instance)
            {
                Options = bounds,
                Store = store ?? new InMemorySessionStore(TimeProvider.System),
                Running = registry,
                Vad = new VadOptions { MinSpeech = TimeSpan.FromMilliseconds(40) },
            });
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UsePool();
        app.UseWebSockets(webSockets ?? new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.MapConverse();
        app.MapRealtime();
        routes?.Invoke(app);
        await app.StartAsync();
        return new TestServer(app, simulated);
    }

    /// <summary>A client with a session that is ready; disposed with the server.</summary>
    public async Task<ConverseClient> TalkAsync(SessionConfig? config = null)
    {
        var client = await ConverseClient.StartAsync(WebSocket, config);
        lock (_clients) { _clients.Add(client); }
        return client;
    }

    /// <summary>A client that is connected and has said nothing; disposed with the server.</summary>
    public async Task<ConverseClient> ConnectAsync()
    {
        var client = new ConverseClient();
        lock (_clients) { _clients.Add(client); }
        await client.ConnectAsync(WebSocket);
        return client;
    }

    /// <summary>Stops the server as a supervisor does.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Waits until nothing of any session is left: no session, decoder, VAD stream or synthesis.</summary>
    /// <exception cref="TimeoutException">Something is; the message says what.</exception>
    public Task SettleAsync() => Eventually.TrueAsync(
        () => Sessions.Count == 0 && Engines.Asr.OpenStreams == 0 && Engines.Vad.OpenStreams == 0 && Engines.Tts.Active == 0,
        () => $"Left behind: {Sessions.Count} sessions, {Engines.Asr.OpenStreams} decoders, {Engines.Vad.OpenStreams} VAD streams, {Engines.Tts.Active} syntheses.");

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) { client.Dispose(); }
        await _app.DisposeAsync();
    }
}
