using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Server.Configuration;
using Parley.Server.Web;

namespace Parley.Server.Tests.Web;

/// <summary>The web client's files over a real socket.</summary>
public sealed class WebClientFilesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-web").FullName;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private WebApplication? _app;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "assets"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "index.html"), "<!doctype html><title>Parley</title>", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "assets", "main-1a2b.js"), new string('x', 10_000), Cancellation);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddResponseCompression();
        _app = builder.Build();
        _app.MapGet("/v1/here", () => "here");
        Assert.NotNull(WebClientFiles.Map(_app, WebClientFolder.Find(new WebOptions { Path = _folder })));
        await _app.StartAsync(Cancellation);
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) { await _app.DisposeAsync(); }
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/progress")]
    [InlineData("/ops/sessions")]
    public async Task Get_AnAddressOfTheClient_GivesItsPage(string path)
    {
        using var response = await GetAsync(path, "text/html");
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>Parley</title>", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Get_ThePage_IsIsolatedAndKnowsThisOriginAlone()
    {
        using var response = await GetAsync("/", "text/html");
        var headers = response.Headers;
        Assert.Equal("same-origin", headers.GetValues("Cross-Origin-Opener-Policy").Single());
        Assert.Equal("require-corp", headers.GetValues("Cross-Origin-Embedder-Policy").Single());
        var policy = headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_AScript_IsCompressedAndKept()
    {
        using var response = await GetAsync("/assets/main-1a2b.js", "*/*", "gzip");
        Assert.Equal("text/javascript", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.Contains("immutable", response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/assets/gone.js", "*/*")]
    [InlineData("/gone.js", "text/html")]
    [InlineData("/progress", "application/json")]
    [InlineData("/../secret", "*/*")]
    [InlineData("/%2e%2e/secret", "*/*")]
    public async Task Get_WhatIsNotThere_IsNotFound(string path, string accept)
    {
        using var response = await GetAsync(path, accept);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Post_ToAPage_IsNotFound()
    {
        using var response = await _http.PostAsync("/progress", null, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Get_AnAddressOfTheServer_IsTheServers() => Assert.Equal("here", await _http.GetStringAsync("/v1/here", Cancellation));

    [Fact]
    public void Find_AFolderWithoutAClient_NamesTheSetting() => Assert.Contains(
        "Parley:Web:Path",
        Assert.Throws<ConfigurationException>(() => WebClientFolder.Find(new WebOptions { Path = Path.Combine(_folder, "assets") })).Message, StringComparison.Ordinal);

    [Fact]
    public void Find_NotEnabled_FindsNone() => Assert.Null(WebClientFolder.Find(new WebOptions { Path = _folder, Enabled = false }));

    private Task<HttpResponseMessage> GetAsync(string path, string accept, string encoding = "identity")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(encoding));
        return _http.SendAsync(request, Cancellation);
    }
}
