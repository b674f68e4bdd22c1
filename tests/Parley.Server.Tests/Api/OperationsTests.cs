using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Api.Operations;
using Parley.Server.Tests.Store;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Server.Tests.Api;

/// <summary>The operator's endpoints, on the whole server.</summary>
public sealed class OperationsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_day = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    private readonly StoreFolder _folder = new();
    private readonly List<WebApplication> _apps = [];
    private readonly List<HttpClient> _clients = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        StoreFolder.SkipWithoutSqlite();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        foreach (var app in _apps)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }
        _folder.Dispose();
    }

    [Fact]
    public async Task Get_NoKeys_AnswersThisMachineAlone()
    {
        var (http, _) = await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, header: ("X-Forwarded-For", "203.0.113.9")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, header: ("Host", "elsewhere.example")));
    }

    [Fact]
    public async Task Get_Keys_AnswersOperatorsAlone()
    {
        var (http, _) = await StartAsync("--Parley:Gateway:ApiKeys:0=user", "--Parley:Gateway:OperatorKeys:0=boss");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http, "user"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "boss"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "boss", path: "/v1/models"));
    }

    [Fact]
    public async Task Get_OperatorKeysAlone_CloseNothingElse()
    {
        var (http, _) = await StartAsync("--Parley:Gateway:OperatorKeys:0=boss");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(http));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "boss"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, path: "/v1/models"));
    }

    [Fact]
    public async Task Access_NoKeys_OpensOperationsToThisMachineAlone()
    {
        var (http, _) = await StartAsync();
        Assert.Equal((true, true), await AccessAsync(http));
        Assert.Equal((true, false), await AccessAsync(http, header: ("X-Forwarded-For", "203.0.113.9")));
    }

    [Fact]
    public async Task Access_Keys_TellsEverybodyWhatTheirsOpens()
    {
        var (http, _) = await StartAsync("--Parley:Gateway:ApiKeys:0=user", "--Parley:Gateway:OperatorKeys:0=boss");
        Assert.Equal((false, false), await AccessAsync(http));
        Assert.Equal((false, false), await AccessAsync(http, "guess"));
        Assert.Equal((true, false), await AccessAsync(http, "user"));
        Assert.Equal((true, true), await AccessAsync(http, "boss"));
    }

    [Fact]
    public async Task Get_TurnsThatEnded_AreListedWithPercentiles()
    {
        var (http, app) = await StartAsync();
        var log = app.Services.GetRequiredService<TurnLog>();
        for (var i = 1; i <= 20; i++)
        {
            await log.OnTurnFinishedAsync(
                new FinishedTurn { SessionId = "s", TurnId = $"t{i}", ReplyText = "Hello there.", HeardText = i == 20 ? "Hello" : "Hello there.", Timings = new TurnTimings { FirstAudio = TimeSpan.FromMilliseconds(100 * i) } },
                Cancelled);
        }

        var report = await GetAsync(http, "/v1/ops");
        var stage = Assert.Single(report.GetProperty("stages").EnumerateArray());
        Assert.Equal(("first_audio", 20, 1000, 1900), (stage.GetProperty("stage").GetString(), stage.GetProperty("count").GetInt32(), stage.GetProperty("p50_ms").GetDouble(), stage.GetProperty("p95_ms").GetDouble()));
        var newest = report.GetProperty("turns")[0];
        Assert.Equal(("t20", true, 2000), (newest.GetProperty("turn_id").GetString(), newest.GetProperty("cut").GetBoolean(), newest.GetProperty("first_audio_ms").GetDouble()));
        Assert.Contains(report.GetProperty("alerts").EnumerateArray(), a => a.GetProperty("code").GetString() == "slow");
    }

    [Fact]
    public async Task Get_StoredSession_ShowsTimelineAndAudio()
    {
        var (http, app) = await StartAsync();
        var store = app.Services.GetRequiredService<ISessionStore>();
        store.Begin(new SessionRecord("kept", s_day, new SessionConfig { Consent = new ConsentConfig { Record = true } }, 1, "1"));
        store.Append("kept", new TimelineEntry(1, TimeSpan.FromSeconds(0.1), TimelineKinds.Sent, new StateUpdate(TurnState.Listening)));
        store.Append("kept", new TimelineEntry(2, TimeSpan.FromSeconds(1), TimelineKinds.Audio, new ReadOnlyMemory<byte>(new byte[640])));
        store.Append("kept", new TimelineEntry(3, TimeSpan.FromSeconds(1.02), TimelineKinds.Audio, new ReadOnlyMemory<byte>(new byte[640])));
        store.End("kept", "client", s_day.AddMinutes(1));
        await store.FlushAsync(Cancelled);

        var listed = Assert.Single((await GetAsync(http, "/v1/ops/sessions")).GetProperty("data").EnumerateArray());
        Assert.Equal(("kept", true), (listed.GetProperty("id").GetString(), listed.GetProperty("recorded").GetBoolean()));

        var first = await GetAsync(http, "/v1/ops/sessions/kept/timeline?limit=1");
        Assert.Equal("listening", first.GetProperty("data")[0].GetProperty("data").GetProperty("state").GetString());
        var rest = await GetAsync(http, $"/v1/ops/sessions/kept/timeline?after={first.GetProperty("next").GetInt64()}");
        Assert.Equal(320, rest.GetProperty("data")[0].GetProperty("samples").GetInt32());
        Assert.False(rest.TryGetProperty("next", out _));

        // The audio runs with session time: 0.98 s of silence, then both pieces.
        var wav = await http.GetByteArrayAsync("/v1/ops/sessions/kept/audio", Cancelled);
        Assert.Equal(44 + 2 * (16_000 + 320), wav.Length);
    }

    [Fact]
    public async Task Get_UnknownSession_IsNotFound()
    {
        var (http, _) = await StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, path: "/v1/ops/sessions/nobody/timeline"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, path: "/v1/ops/sessions/nobody/audio"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(http, path: "/v1/ops/sessions?limit=0"));
    }

    private async Task<(HttpClient Http, WebApplication App)> StartAsync(params string[] settings)
    {
        var app = ParleyServer.Build([$"--Parley:Learners:Path={Path.Combine(_folder.Path, "learners.db")}", $"--Parley:Store:Path={_folder.Database}", "--urls=http://127.0.0.1:0", .. settings]);
        _apps.Add(app);
        await app.StartAsync(Cancelled);
        var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        _clients.Add(http);
        return (http, app);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string? key = null, string path = "/v1/ops", (string Name, string Value)? header = null)
    {
        using var response = await SendAsync(http, path, key, header);
        return response.StatusCode;
    }

    private static async Task<(bool Admitted, bool Operator)> AccessAsync(HttpClient http, string? key = null, (string Name, string Value)? header = null)
    {
        using var response = await SendAsync(http, "/v1/access", key, header);
        using var document = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancelled));
        return (document.RootElement.GetProperty("admitted").GetBoolean(), document.RootElement.GetProperty("operator").GetBoolean());
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string path, string? key, (string Name, string Value)? header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null) { request.Headers.Add("Authorization", $"Bearer {key}"); }
        if (header is { } h) { request.Headers.TryAddWithoutValidation(h.Name, h.Value); }
        return await http.SendAsync(request, Cancelled);
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, string path)
    {
        using var document = JsonDocument.Parse(await http.GetStringAsync(path, Cancelled));
        return document.RootElement.Clone();
    }
}
