using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Learning.Learners;
using Parley.Server.Api.Learners;
using Parley.Server.Learning;
using Parley.Server.Tests.Cli;
using Parley.Server.Tests.Store;
using Parley.Testing.Simulated;

namespace Parley.Server.Tests.Api;

/// <summary>Review items that are spoken, with the real database and a simulated aligner.</summary>
public sealed class AttemptTests : IAsyncLifetime
{
    private readonly StoreFolder _folder = new();
    private AssessApi? _api;
    private LearnerRecords? _records;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        StoreFolder.SkipWithoutSqlite();
        _records = new LearnerRecords(new LearnerStoreOptions { Path = Path.Combine(_folder.Path, "learners.db") }, TimeProvider.System);
        _api = await AssessApi.StartAsync(
            AssessApi.Simulated(), routes => routes.MapLearners(_records, new(() => null), TimeProvider.System), services => services.AddSingleton<AttemptEndpoint>());
        await _records.Reviews!.AddAsync(
            "li", new Mistake("m1", MistakeKind.Grammar, "past", "go", "went", "Yesterday I go to the cinema.") { Corrected = "Yesterday I went to the cinema." }, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null) { await _api.DisposeAsync(); }
        if (_records is not null) { await _records.DisposeAsync(); }
        _folder.Dispose();
    }

    [Fact]
    public async Task Post_SaidRight_IsGradedAndComesLater()
    {
        var item = await DueAsync("FillTheGap");
        using var response = await PostAsync(item, SpokenWav.Pcm16(SimulatedSynthesizer.Tone(32_000)));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var result = await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.True(result.GetProperty("right").GetBoolean());
        Assert.Empty(result.GetProperty("missing").EnumerateArray());
        Assert.Equal(1, result.GetProperty("review").GetProperty("reviews").GetInt32());
        Assert.Equal(6, result.GetProperty("assessment").GetProperty("words").GetArrayLength());
        Assert.Contains(result.GetProperty("rating").GetString(), new[] { "Good", "Easy", "Again" });
        Assert.NotEqual(item, await DueAsync(null));
    }

    [Theory]
    [InlineData("tries", "0")]
    [InlineData("tries", "many")]
    [InlineData("hesitation_ms", "-1")]
    public async Task Post_WrongField_IsNamedAndNothingIsGraded(string field, string value)
    {
        var item = await DueAsync("FillTheGap");
        using var response = await PostAsync(item, SpokenWav.Pcm16(SimulatedSynthesizer.Tone(32_000)), (field, value));
        Assert.Equal((HttpStatusCode.BadRequest, field), (response.StatusCode, (await ErrorAsync(response)).GetProperty("param").GetString()));
        Assert.Equal(0, (await _records!.Store!.FindReviewAsync("li", item, Cancelled))!.Reviews);
    }

    [Fact]
    public async Task Post_Silence_IsRefusedAndNothingIsGraded()
    {
        var item = await DueAsync("SayItAgain");
        using var response = await PostAsync(item, SpokenWav.Pcm16(new short[32_000]));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("silent", (await ErrorAsync(response)).GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await _records!.Store!.FindReviewAsync("li", item, Cancelled))!.Reviews);
    }

    [Fact]
    public async Task Post_UnknownItem_IsNotFound()
    {
        using var response = await PostAsync("nothing", SpokenWav.Pcm16(SimulatedSynthesizer.Tone(32_000)));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<string> DueAsync(string? drill)
    {
        var due = (await _api!.Http.GetFromJsonAsync<JsonElement>("/v1/learners/li/reviews", Cancelled)).GetProperty("data").EnumerateArray();
        return due.First(r => drill is null || r.GetProperty("drill").GetString() == drill).GetProperty("id").GetString()!;
    }

    private Task<HttpResponseMessage> PostAsync(string item, byte[] audio, params (string Name, string Value)[] fields) =>
        _api!.PostAsync($"/v1/learners/li/reviews/{item}/attempts", audio, fields: fields);

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("error");
}
