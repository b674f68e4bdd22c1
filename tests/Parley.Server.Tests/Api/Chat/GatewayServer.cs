using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Asr;
using Parley.Core.Tests.OpenAICompatible;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Chat;
using Parley.Policy;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Replies.QuickReplies;
using Parley.Server.Api;
using Parley.Server.Configuration;
using Parley.Server.Observability;
using Parley.Server.Threading;
using Parley.Sessions;
using Parley.Testing.Simulated;
using Parley.Testing.Transports;
using Parley.Timeline;
using Parley.Tts;
using Parley.Vad;

namespace Parley.Server.Tests.Api.Chat;

/// <summary>The gateway on a free port, before a scripted engine and a model server that does what the test wants.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    public const string UpstreamKey = "upstream-key-that-nobody-may-see";

    private readonly WebApplication _app;

    private GatewayServer(WebApplication app, LoopbackServer upstream, LoopbackServer? spare, SimulatedChatClient scripted, RecordedLogs logs)
    {
        (_app, Upstream, Spare, Scripted, Logs) = (app, upstream, spare, scripted, logs);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public Uri Endpoint => new(Http.BaseAddress!, "/v1");

    /// <summary>What the models "large" asks.</summary>
    public LoopbackServer Upstream { get; }

    /// <summary>What the model "spare" asks, which takes over from "large"; null: nobody does.</summary>
    public LoopbackServer? Spare { get; }

    /// <summary>The engine "scripted", which speaks no wire.</summary>
    public SimulatedChatClient Scripted { get; }

    public RecordedLogs Logs { get; }

    /// <summary>Starts one.</summary>
    /// <param name="answer">What the model server does; without, it answers "Hello there.".</param>
    /// <param name="configure">Changes the gateway's options.</param>
    /// <param name="quick">The small model; null: there is none.</param>
    /// <param name="spare">What the server of a second model does, which takes over when the first fails; null: there is none.</param>
    /// <param name="large">Changes the options of the model "large"; without, a server that stalls is waited for as long as any machine may need.</param>
    public static async Task<GatewayServer> StartAsync(
        Func<LoopbackServer.Exchange, Task>? answer = null, Action<GatewayOptions>? configure = null, IChatClient? quick = null,
        Func<LoopbackServer.Exchange, Task>? spare = null, Action<OpenAIChatOptions>? large = null)
    {
        var second = spare is null ? null : new LoopbackServer(spare);
        var (upstream, scripted, logs) = (new LoopbackServer(answer ?? WireChunks.AnswerAsync), new SimulatedChatClient(TimeProvider.System), new RecordedLogs());
        List<EngineRegistration<IChatClient>> replies =
        [
            Registration<IChatClient>(VoiceStage.Reply, "large", () => new OpenAIChatClient(Model(upstream, large))),
            Registration<IChatClient>(VoiceStage.Reply, "scripted", () => scripted),
        ];
        if (second is not null) { replies.Insert(1, Registration<IChatClient>(VoiceStage.Reply, "spare", () => new OpenAIChatClient(Model(second))) with { Priority = 1 }); }
        if (quick is not null) { replies.Add(Registration(VoiceStage.Reply, "small", () => quick)); }
        var options = new GatewayOptions { ApiKeysEnvironmentVariable = "PARLEY_TEST_NO_SUCH_VARIABLE" };
        configure?.Invoke(options);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseInlineSockets();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<ParleyMetrics>().AddTelemetry(new TelemetryOptions()).AddGateway(options, new QuickReplyOptions { Deadline = ConverseClient.Patience });
        builder.Services.AddSingleton(new SessionRegistry(10)).AddSingleton<ISessionStore>(new InMemorySessionStore(TimeProvider.System));
        builder.Services.AddSingleton(new EngineCatalog(
            new EngineOptions { Reply = "large", Quick = quick is null ? null : "small" },
            [Registration<IVoiceActivityDetector>(VoiceStage.Vad, "simulated", () => new SimulatedVad())],
            [Registration<ISpeechRecognizer>(VoiceStage.Asr, "simulated", () => new SimulatedRecognizer(TimeProvider.System))],
            replies.Select(PooledChatClient.Around),
            [Registration<ISpeechSynthesizer>(VoiceStage.Tts, "simulated", () => new SimulatedSynthesizer(TimeProvider.System))],
            new SilenceTurnDetector(), chains: second is null ? null : new EngineChains(new ResilienceOptions(), TimeProvider.System)));
        builder.Services.AddSingleton(AudioServices.Codecs());
        builder.Services.AddAudioApi(new AudioApiOptions { Models = { ["my-ears"] = "simulated" } });
        builder.Services.AddEmbeddingApi(
            [Registration<IEmbeddingGenerator<string, Embedding<float>>>(VoiceStage.Embedding, "vectors", () => new LengthVectors())], new Dictionary<string, string> { ["vectors"] = "nomic" });
        var app = builder.Build();
        app.UsePool();
        app.MapHealth();
        app.MapMetrics();
        app.MapStatus();
        app.MapOpenAICompatible();
        await app.StartAsync();
        return new GatewayServer(app, upstream, second, scripted, logs);
    }

    /// <summary>A chat request as JSON, by default to the model "large".</summary>
    public static string Request(string more = "", string model = "large", bool stream = true) =>
        $$"""{"model":"{{model}}","messages":[{"role":"system","content":"You teach."},{"role":"user","content":"Hello, how are you?"}],"stream":{{(stream ? "true" : "false")}}{{more}}}""";

    public Task<HttpResponseMessage> PostAsync(string body, string? key = null, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null) { request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key); }
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>The data of the events of a whole answer.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string body, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(body, cancellationToken: cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e["data: ".Length..])];
    }

    /// <summary>The error object of a refused request.</summary>
    public static async Task<JsonElement> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken)).RootElement.GetProperty("error");
        Assert.Equal(["code", "message", "param", "type"], error.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.StartsWith("req_", response.Headers.GetValues("x-request-id").Single(), StringComparison.Ordinal);
        return error;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Upstream.DisposeAsync();
        if (Spare is not null) { await Spare.DisposeAsync(); }
    }

    private static OpenAIChatOptions Model(LoopbackServer server, Action<OpenAIChatOptions>? configure = null)
    {
        var options = new OpenAIChatOptions
        {
            BaseUrl = server.BaseUrl, Model = "upstream-model", ApiKey = UpstreamKey,
            FirstTokenTimeout = ConverseClient.Patience, IdleTimeout = ConverseClient.Patience,
            WarmConnections = 0, WarmUpInterval = TimeSpan.Zero,
        };
        configure?.Invoke(options);
        return options;
    }

    private static EngineRegistration<TPort> Registration<TPort>(VoiceStage stage, string name, Func<TPort> create) where TPort : class =>
        new(name, () => new EngineStatus(stage, name, true, "1", "For tests."), create);
}
