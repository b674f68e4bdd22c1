using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Governance;
using Parley.Server.Api;
using Parley.Testing;
using Parley.Testing.Transports;

namespace Parley.Server.Tests.Api;

/// <summary>Requests that are too many are told so at once, by the error object and the time after which to come back.</summary>
public sealed class RequestLimitsTests : IAsyncDisposable
{
    private readonly TaskCompletionSource _goOn = new();
    private WebApplication? _app;

    [Fact]
    public async Task Request_KeyHasMadeTooMany_Gets429AndOtherKeysAreServed()
    {
        using var http = await StartAsync(new GovernanceOptions { RequestsPerMinute = 2 }, new ApiKeys(["a", "b"]));
        for (var i = 0; i < 2; i++) { Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, "/v1/quick", "a")).StatusCode); }

        using var refused = await GetAsync(http, "/v1/quick", "a");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.InRange(double.Parse(refused.Headers.GetValues("retry-after-ms").Single(), System.Globalization.CultureInfo.InvariantCulture), 1, 60_000);
        var error = JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!;
        Assert.Equal(("rate_limit_exceeded", "rate_limit_exceeded"), ((string?)error["type"], (string?)error["code"]));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, "/v1/quick", "b")).StatusCode);
    }

    [Theory]
    [InlineData("Bearer a", "bearer a", "BEARER   a ")]
    [InlineData("Bearer a", "Bearer  a", "bearer   a")]
    public async Task Request_KeyIsWrittenOtherwise_IsTheSameKey(params string[] headers)
    {
        using var http = await StartAsync(new GovernanceOptions { RequestsPerMinute = 2 }, new ApiKeys(["a"]));

        List<HttpStatusCode> statuses = [];
        foreach (var header in headers) { statuses.Add((await SendAsync(http, "/v1/quick", header)).StatusCode); }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task Request_NoKeysAreAskedFor_InventedOnesHaveNoCountOfTheirOwn()
    {
        using var http = await StartAsync(new GovernanceOptions { RequestsPerMinute = 2 });

        List<HttpStatusCode> statuses = [];
        foreach (var key in (string?[])["one", null, "two"]) { statuses.Add((await GetAsync(http, "/v1/quick", key)).StatusCode); }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);
    }

    [Fact]
    public async Task Request_KeyHasTooManyUnderWay_Gets429UntilOneIsDone()
    {
        using var http = await StartAsync(new GovernanceOptions { RequestsAtOnce = 1 }, new ApiKeys(["a", "b"]));
        var slow = GetAsync(http, "/v1/slow", "a");
        await Eventually.TrueAsync(() => _slow > 0, () => "The slow request did not begin.");

        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync(http, "/v1/quick", "a")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(http, "/v1/quick", "b")).StatusCode);

        _goOn.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await slow).StatusCode);
        await EventuallyServedAsync(http);
    }

    [Fact]
    public async Task Request_TooManyInAll_Gets503UntilOneIsDone()
    {
        using var http = await StartAsync(new GovernanceOptions { MaxRequests = 1 });
        var slow = GetAsync(http, "/v1/slow", "a");
        await Eventually.TrueAsync(() => _slow > 0, () => "The slow request did not begin.");

        using var refused = await GetAsync(http, "/v1/quick", "b");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        _goOn.SetResult();
        await slow;
        await EventuallyServedAsync(http);
    }

    public async ValueTask DisposeAsync()
    {
        _goOn.TrySetResult();
        if (_app is not null) { await _app.DisposeAsync(); }
    }

    private int _slow;

    private async Task<HttpClient> StartAsync(GovernanceOptions options, ApiKeys? keys = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new RequestLimits(options, new CpuMeter(TimeProvider.System), keys));
        if (keys is not null) { builder.Services.AddSingleton(keys); }
        _app = builder.Build();
        var api = _app.MapApi();
        api.MapGet("/quick", () => "ok");
        api.MapGet("/slow", async (HttpContext http) =>
        {
            Interlocked.Increment(ref _slow);
            await _goOn.Task;
            await http.Response.WriteAsync("ok");
        });
        await _app.StartAsync(TestContext.Current.CancellationToken);
        return new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    /// <summary>What a request held is given back when its response has ended, which its client may see a moment before.</summary>
    private static async Task EventuallyServedAsync(HttpClient http)
    {
        using var patience = new CancellationTokenSource(ConverseClient.Patience);
        while ((await GetAsync(http, "/v1/quick", "a")).StatusCode != HttpStatusCode.OK) { await Task.Delay(5, patience.Token); }
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient http, string path, string? key) => SendAsync(http, path, key is null ? null : $"Bearer {key}");

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, string path, string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null) { request.Headers.TryAddWithoutValidation("Authorization", authorization); }
        return http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
