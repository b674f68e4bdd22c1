using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Learning.Facts;
using Parley.Learning.Learners;
using Parley.Learning.Memory;
using Parley.Server.Learning;
using Parley.Server.Tests.Store;

namespace Parley.Server.Tests.Api;

/// <summary>What is known of a learner, over HTTP, on the whole server with its real database.</summary>
public sealed class LearnerApiTests : IAsyncLifetime
{
    private static readonly DateTimeOffset s_day = new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero);

    private readonly StoreFolder _folder = new();
    private WebApplication? _app;
    private HttpClient? _http;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private LearnerRecords Records => _app!.Services.GetRequiredService<LearnerRecords>();

    public async ValueTask InitializeAsync()
    {
        StoreFolder.SkipWithoutSqlite();
        _app = ParleyServer.Build([$"--Parley:Learners:Path={Path.Combine(_folder.Path, "learners.db")}", $"--Parley:Store:Path={_folder.Database}", "--urls=http://127.0.0.1:0"]);
        await _app.StartAsync(Cancelled);
        _http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
        _folder.Dispose();
    }

    [Fact]
    public async Task Put_Level_IsKept()
    {
        using var put = await _http!.PutAsJsonAsync("/v1/learners/li", new { first_language = "zh-CN", level = "B1" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var learner = await GetAsync("/v1/learners/li");
        Assert.Equal(("zh-CN", "B1"), (learner.GetProperty("first_language").GetString(), learner.GetProperty("level").GetString()));
    }

    [Fact]
    public async Task Get_WhatWasSaid_IsListedAndSummedUp()
    {
        await SayAsync(4);
        Assert.Equal(4, (await GetAsync("/v1/learners/li/turns")).GetProperty("data").GetArrayLength());
        Assert.Equal("discuss-about", (await GetAsync("/v1/learners/li/mistakes?kind=Grammar&limit=1")).GetProperty("data")[0].GetProperty("rule").GetString());
        Assert.Equal("discuss", (await GetAsync("/v1/learners/li/words")).GetProperty("data")[0].GetProperty("lemma").GetString());
        Assert.Contains((await GetAsync("/v1/learners/li/phones")).GetProperty("data").EnumerateArray(), p => p.GetProperty("phone").GetString() == "TH");

        var progress = await GetAsync("/v1/learners/li/progress");
        Assert.Equal((4, 0.2), (progress.GetProperty("turns").GetInt32(), progress.GetProperty("minutes").GetDouble()));
        var day = Assert.Single(progress.GetProperty("days").EnumerateArray());
        Assert.Equal(("2026-05-04", 80, 25, 70), (day.GetProperty("day").GetString(), day.GetProperty("words_per_minute").GetDouble(), day.GetProperty("mistakes_per100_words").GetDouble(), day.GetProperty("accuracy").GetDouble()));

        Assert.Equal("B1", progress.GetProperty("level").GetProperty("level").GetString());
        Assert.NotEqual(progress.GetProperty("level").GetProperty("from").GetString(), progress.GetProperty("level").GetProperty("to").GetString());

        var advice = await GetAsync("/v1/learners/li/recommendations");
        Assert.Equal(4, advice.GetProperty("frequent_mistakes")[0].GetProperty("count").GetInt32());
        Assert.Equal("TH", advice.GetProperty("weak_sounds")[0].GetProperty("phone").GetString());
        Assert.Equal("we discuss about", advice.GetProperty("repeated_starts")[0].GetProperty("words").GetString());
    }

    [Fact]
    public async Task Review_DueItem_IsMovedOn()
    {
        await Records.Reviews!.AddAsync("li", Mistake(0), Cancelled);
        var due = (await GetAsync("/v1/learners/li/reviews")).GetProperty("data");
        var item = due[0].GetProperty("id").GetString();
        using var reviewed = await _http!.PostAsJsonAsync($"/v1/learners/li/reviews/{item}", new { rating = "easy" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, reviewed.StatusCode);
        Assert.Equal(due.GetArrayLength() - 1, (await GetAsync("/v1/learners/li/reviews")).GetProperty("data").GetArrayLength());
        Assert.Equal(due.GetArrayLength(), (await GetAsync("/v1/learners/li/reviews?due=false")).GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Export_ThenDelete_GivesAllAndLeavesNothing()
    {
        await SayAsync(2);
        await Records.Memories!.AddAsync("li", [new Remembered("m", RememberedKind.Fact, "I have a dog.", s_day)], Cancelled);
        await Records.Store!.SaveAsync("li", FactReader.Read("I like tea. I have a dog.", s_day), Cancelled);
        var export = await GetAsync("/v1/learners/li/export");
        Assert.Equal((2, 2, 1), (export.GetProperty("turns").GetArrayLength(), export.GetProperty("mistakes").GetArrayLength(), export.GetProperty("memories").GetArrayLength()));
        Assert.Equal(["Family", "Like"], export.GetProperty("facts").EnumerateArray().Select(f => f.GetProperty("kind").GetString()));
        var fact = (await GetAsync("/v1/learners/li/facts")).GetProperty("data")[0].GetProperty("id").GetString();
        using var forgotten = await _http!.DeleteAsync($"/v1/learners/li/facts/{fact}", Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, forgotten.StatusCode);

        using var deleted = await _http!.DeleteAsync("/v1/learners/li", Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(404, await StatusAsync("/v1/learners/li"));
        Assert.Equal(0, (await GetAsync("/v1/learners/li/memories")).GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("/v1/learners/nobody", 404)]
    [InlineData("/v1/learners/nobody/export", 404)]
    [InlineData("/v1/learners/li/turns?limit=0", 400)]
    [InlineData("/v1/learners/li/turns?limit=x", 400)]
    [InlineData("/v1/learners/li/turns?since=yesterday", 400)]
    [InlineData("/v1/learners/li/mistakes?kind=none", 400)]
    public async Task Get_WhatIsWrong_IsTheErrorObject(string path, int status)
    {
        using var response = await _http!.GetAsync(path, Cancelled);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEqual("", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("error").GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("""{"level":"Z9"}""", "level")]
    [InlineData("""{"first_language":3}""", "first_language")]
    [InlineData("""[]""", null)]
    public async Task Put_WhatIsWrong_ChangesNothing(string body, string? param)
    {
        using var content = new StringContent(body);
        using var response = await _http!.PutAsync("/v1/learners/li", content, Cancelled);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(param, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("error").GetProperty("param").GetString());
        Assert.Equal(404, await StatusAsync("/v1/learners/li"));
    }

    [Fact]
    public async Task Build_DatabaseOfANewerVersion_RunsWithoutAndSaysWhy()
    {
        await Records.Store!.SaveAsync(new Learner("li", s_day), Cancelled);
        var path = Path.Combine(_folder.Path, "learners.db");
        await _app!.DisposeAsync();
        using (var connection = Sample.Connect(path)) { connection.Run("PRAGMA user_version = 99"); }

        await using var again = ParleyServer.Build([$"--Parley:Learners:Path={path}", $"--Parley:Store:Path={_folder.Database}", "--urls=http://127.0.0.1:0"]);
        await again.StartAsync(Cancelled);
        using var http = new HttpClient { BaseAddress = new Uri(again.Urls.First()) };
        using var response = await http.GetAsync("/v1/learners/li", Cancelled);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("newer Parley", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Contains("newer Parley", await FaultAsync(http), StringComparison.Ordinal);
        await again.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Health_DatabaseIsDamaged_SaysWhereItWasPutAndGoesOn()
    {
        var path = Path.Combine(_folder.Path, "damaged.db");
        await File.WriteAllTextAsync(path, "This was a database once, and is one no more.", Cancelled);
        await using var app = ParleyServer.Build([$"--Parley:Learners:Path={path}", $"--Parley:Store:Path={_folder.Database}", "--urls=http://127.0.0.1:0"]);
        await app.StartAsync(Cancelled);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var put = await http.PutAsJsonAsync("/v1/learners/li", new { level = "B1" }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Contains("damaged.db.damaged-", await FaultAsync(http), StringComparison.Ordinal);
        await app.StopAsync(Cancelled);
    }

    [Theory]
    [InlineData("--Parley:Upstreams:near:BaseUrl=http://127.0.0.1:9/v1", "--Parley:Embedding:near:Model=mini", "--Parley:Learners:Embedder=near")]
    [InlineData("--Parley:Learners:Memory=qdrant", "--Parley:Qdrant:Url=http://127.0.0.1:9", "--Parley:Qdrant:Retries=0")]
    public async Task Health_EmbedderOrQdrantIsDead_IsDegradedAndMemoriesAreFoundByWords(params string[] settings)
    {
        await using var app = ParleyServer.Build(
        [
            $"--Parley:Learners:Path={Path.Combine(_folder.Path, "other.db")}", $"--Parley:Store:Path={_folder.Database}", "--urls=http://127.0.0.1:0", .. settings,
        ]);
        await app.StartAsync(Cancelled);
        var memories = app.Services.GetRequiredService<LearnerRecords>().Memories!;
        await memories.AddAsync("li", [new Remembered("m", RememberedKind.Talk, "I have a dog.", s_day)], Cancelled);
        Assert.Single(await memories.RecallAsync("li", "My dog is sick.", 1, Cancelled));
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Assert.Contains("by their words alone", await FaultAsync(http), StringComparison.Ordinal);
        await app.StopAsync(Cancelled);
    }

    private static async Task<string?> FaultAsync(HttpClient http)
    {
        using var response = await http.GetAsync("/health", Cancelled);
        var health = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.NotEqual("ok", health.GetProperty("status").GetString());
        return health.GetProperty("learners").GetProperty("fault").GetString();
    }

    private static Mistake Mistake(int number) =>
        new($"m{number}", MistakeKind.Grammar, "discuss-about", "discuss about", "discuss", "We discuss about films.") { Corrected = "We discuss films." };

    private async Task SayAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Records.Store!.AddAsync(
                new LearnerTurn("li", "s1", $"t{i}", s_day.AddMinutes(i), "We discuss about films.")
                {
                    Speech = TimeSpan.FromSeconds(3),
                    Scores = new TurnScores(70, 70, 70, 70),
                    Mistakes = [Mistake(i)],
                    Words = [new("discuss", 60, IsRight: false)],
                    Phones = [new("TH", 40), new("S", 90), new("TH", 50)],
                },
                Cancelled);
        }
    }

    private async Task<JsonElement> GetAsync(string path) => await _http!.GetFromJsonAsync<JsonElement>(path, Cancelled);

    private async Task<int> StatusAsync(string path)
    {
        using var response = await _http!.GetAsync(path, Cancelled);
        return (int)response.StatusCode;
    }
}
