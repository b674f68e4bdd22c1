using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Learning.Grammar;
using Parley.Learning.Grammar.Models;
using Parley.Lexicon;
using Parley.Server.Api;
using Parley.Server.Api.Grammar;
using Parley.Server.Configuration;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Api;

public sealed class CorrectionTests
{
    [Fact]
    public async Task Post_Text_GivesCorrectionAndEdits()
    {
        await using var server = await StartAsync();
        var (status, json) = await PostAsync(server, """{"text":"It depends of the weather."}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("It depends on the weather.", json.GetProperty("corrected").GetString());
        var edit = Assert.Single(json.GetProperty("edits").EnumerateArray());
        Assert.Equal(("depend-of", "rule"), (edit.GetProperty("rule").GetString(), edit.GetProperty("source").GetString()));
        Assert.False(json.GetProperty("degraded").GetBoolean());
    }

    [Fact]
    public async Task Post_DoubtfulWord_IsLeft()
    {
        await using var server = await StartAsync();
        var (_, json) = await PostAsync(server, """{"text":"it depends of you","spoken":true,"confidences":[1,1,0.2,1]}""");
        Assert.Empty(json.GetProperty("edits").EnumerateArray());
    }

    [Theory]
    [InlineData("""{}""", "text")]
    [InlineData("""{"text":5}""", "text")]
    [InlineData("""{"text":"a","spoken":"yes"}""", "spoken")]
    [InlineData("""{"text":"a","confidences":"1"}""", "confidences")]
    [InlineData("""{"text":"a","confidences":[2]}""", "confidences")]
    public async Task Post_WrongField_NamesIt(string body, string param)
    {
        await using var server = await StartAsync();
        var (status, json) = await PostAsync(server, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(param, json.GetProperty("error").GetProperty("param").GetString());
    }

    [Fact]
    public async Task Post_TooLongText_IsRefused()
    {
        await using var server = await StartAsync();
        var (status, _) = await PostAsync(server, JsonSerializer.Serialize(new { text = new string('a', 20_001) }));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    private static Task<TestServer> StartAsync() => TestServer.StartAsync(
        services: s =>
        {
            s.AddSingleton(new Lazy<Corrector>(() => new Corrector(new NoWords(), null, null)));
            s.AddSingleton(TimeProvider.System);
            s.AddSingleton(new GatewayOptions());
            s.AddSingleton(new ModelCorrectorOptions());
            s.AddSingleton<CorrectionEndpoint>();
        },
        routes: app => app.MapApi().MapCorrections());

    private static async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(TestServer server, string body)
    {
        using var http = new HttpClient { BaseAddress = server.Http };
        using var response = await http.PostAsync("/v1/correct", new StringContent(body, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
    }

    /// <summary>Knows only the closed classes and the word that the test needs.</summary>
    private sealed class NoWords : IWordClasses
    {
        public IReadOnlyList<WordReading> Read(string word) => word == "depends" ? [new WordReading(WordClass.Verb, "depend", 1)] : [];
    }
}
