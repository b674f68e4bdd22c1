using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Quality;
using Parley.Server.Quality;
using Parley.Server.Tests.Store;
using Parley.Testing;
using Parley.Testing.Transports;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Quality;

/// <summary>What sessions leave in the reports, on the whole server with the engines that every installation has.</summary>
public sealed class ReportTests : IAsyncLifetime
{
    private readonly StoreFolder _folder = new();
    private WebApplication? _app;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        StoreFolder.SkipWithoutSqlite();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
        _folder.Dispose();
    }

    [Fact]
    public async Task Quality_ConversationWithEvents_IsInTheReport()
    {
        using var http = await StartAsync();
        await TalkAsync("ana", new AnalyticsEvent("time_to_feedback", 640), new AnalyticsEvent("satisfaction", 4), new AnalyticsEvent("drop_point_stage", null, new Dictionary<string, string> { ["stage"] = "thinking" }),
            new AnalyticsEvent("what_was_said", 1, new Dictionary<string, string> { ["stage"] = "the pelican" }));

        var total = (await GetAsync(http, "/v1/reports/quality?days=7")).GetProperty("total");

        Assert.Equal((1, 1, 640, 4), (total.GetProperty("sessions").GetInt32(), total.GetProperty("learners").GetInt32(), total.GetProperty("time_to_feedback_ms").GetDouble(), total.GetProperty("satisfaction").GetDouble()));
        Assert.Equal(1, total.GetProperty("utterances_per_session").GetDouble());
        Assert.Equal(1, total.GetProperty("drop_points").GetProperty("thinking").GetInt32());
        Assert.InRange(total.GetProperty("session_length_s").GetDouble(), 0, 60);
        Assert.DoesNotContain("pelican", await File.ReadAllTextAsync(Figures, System.Text.Encoding.Latin1, Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Experiment_LearnerTalks_IsExposedToTheVariantThatTheyDraw()
    {
        using var http = await StartAsync(
            "--Parley:Experiments:pace:Variants:control:Share=0.000001", "--Parley:Experiments:pace:Variants:quick:Share=0.999999", "--Parley:Experiments:pace:Variants:quick:Patience=quick");

        var config = await TalkAsync("ana");
        await TalkAsync(null);

        Assert.Equal(Patience.Quick, config.Turn!.Patience);
        var report = await GetAsync(http, "/v1/reports/experiments/pace");
        Assert.Equal([("control", 0), ("quick", 1)], report.GetProperty("variants").EnumerateArray().Select(v => (v.GetProperty("variant").GetString()!, v.GetProperty("learners").GetInt32())));
        using var none = await http.GetAsync("/v1/reports/experiments/other", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Delete_Learner_TakesTheirFiguresToo()
    {
        using var http = await StartAsync();
        await TalkAsync("ana");
        using (var known = await http.PutAsync("/v1/learners/ana", new StringContent("{\"level\":\"B1\"}", System.Text.Encoding.UTF8, "application/json"), Cancelled)) { known.EnsureSuccessStatusCode(); }

        using var deleted = await http.DeleteAsync("/v1/learners/ana", Cancelled);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(0, (await GetAsync(http, "/v1/reports/quality")).GetProperty("total").GetProperty("sessions").GetInt32());
    }

    [Theory]
    [InlineData("days=0", HttpStatusCode.BadRequest)]
    [InlineData("days=367", HttpStatusCode.BadRequest)]
    [InlineData("days=many", HttpStatusCode.BadRequest)]
    [InlineData("days=366", HttpStatusCode.OK)]
    public async Task Quality_Days_AreBounded(string query, HttpStatusCode status)
    {
        using var http = await StartAsync();
        using var answer = await http.GetAsync($"/v1/reports/quality?{query}", Cancelled);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Quality_FiguresOffOrAskedByAStranger_IsRefused()
    {
        using var http = await StartAsync("--Parley:Figures:Enabled=false");
        using var off = await http.GetAsync("/v1/reports/quality", Cancelled);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/v1/reports/quality") { Headers = { { "X-Forwarded-For", "203.0.113.9" } } };
        using var stranger = await http.SendAsync(asked, Cancelled);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.Forbidden), (off.StatusCode, stranger.StatusCode));
    }

    private string Figures => Path.Combine(_folder.Path, "figures.db");

    private async Task<HttpClient> StartAsync(params string[] settings)
    {
        _app = ParleyServer.Build(
        [
            $"--Parley:Learners:Path={Path.Combine(_folder.Path, "learners.db")}", $"--Parley:Store:Path={_folder.Database}", $"--Parley:Figures:Path={Figures}", "--Parley:Engines:Reply=tutor",
            "--Parley:SpeechCache:Enabled=false", "--urls=http://127.0.0.1:0", .. settings,
        ]);
        try { _app.LoadEngines(); }
        catch (VoiceException e) { Assert.Skip(e.Message); }
        await _app.StartAsync(Cancelled);
        return new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    /// <summary>A conversation of one turn, by text; returns when it is written down.</summary>
    private async Task<SessionConfig> TalkAsync(string? learner, params AnalyticsEvent[] events)
    {
        var store = _app!.Services.GetRequiredService<FigureLog>().Store!;
        var before = store.Read(DateTimeOffset.MinValue).Count;
        using var client = new ConverseClient();
        await client.ConnectAsync(new UriBuilder(_app.Urls.First()) { Scheme = "ws" }.Uri);
        await client.SendAsync(new SessionStart(learner, new SessionConfig { Speech = false }));
        var ready = await client.ExpectAsync<SessionReady>();
        await client.SendAsync(new TextInput("the pelican is well"));
        await client.ExpectAsync<ReplyFinished>();
        foreach (var told in events) { await client.SendAsync(told); }
        await client.SendAsync(new SessionEnd());
        await client.ExpectCloseAsync();
        IReadOnlyList<SessionFigures> kept = [];
        await Eventually.TrueAsync(() => (kept = store.Read(DateTimeOffset.MinValue)).Count == before + 1 && kept.Any(s => s.SessionId == ready.SessionId && s.Length is not null && s.Turns.Count > 0));
        return ready.Config;
    }

    private static async Task<JsonElement> GetAsync(HttpClient http, string path)
    {
        using var document = JsonDocument.Parse(await http.GetStringAsync(path, Cancelled));
        return document.RootElement.Clone();
    }
}
