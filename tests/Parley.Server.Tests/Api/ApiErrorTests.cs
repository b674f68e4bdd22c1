using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Diagnostics;
using Parley.Server.Api;

namespace Parley.Server.Tests.Api;

public sealed class ApiErrorTests
{
    public static TheoryData<string, int, string, string?, string?> Failures => new()
    {
        { "field", 400, "invalid_request_error", "voice", "invalid_value" },
        { "missing", 400, "invalid_request_error", "model", "missing_required_parameter" },
        { "model", 404, "invalid_request_error", "model", "model_not_found" },
        { "transient", 503, "server_error", null, null },
        { "dependency", 500, "server_error", null, null },
        { "input", 400, "invalid_request_error", null, "invalid_value" },
        { "quota", 429, "rate_limit_exceeded", null, "rate_limit_exceeded" },
        { "late", 503, "server_error", null, null },
        { "too large", 413, "invalid_request_error", null, "request_too_large" },
        { "json", 500, "server_error", null, null },
        { "bug", 500, "server_error", null, null },
    };

    [Fact]
    public async Task Request_Traced_HasItsTracesId()
    {
        using var span = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var http = new DefaultHttpContext();

        await new ApiErrorFilter(NullLogger<ApiErrorFilter>.Instance).RunAsync(http, _ => Task.CompletedTask);

        Assert.Equal($"req_{span.TraceId.ToHexString()}", http.Response.Headers[ApiErrorFilter.RequestId]);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Request_Fails_GetsTheErrorObjectWithAllKeys(string failure, int status, string type, string? param, string? code)
    {
        await using var app = await StartAsync(failure);
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(app.Urls.First() + "/v1/fails"), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("req_", Assert.Single(response.Headers.GetValues(ApiErrorFilter.RequestId)), StringComparison.Ordinal);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var error = JsonDocument.Parse(text).RootElement.GetProperty("error");
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(p => p.Name));
        Assert.Equal((type, param, code), (error.GetProperty("type").GetString(), error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.Equal(failure == "quota", response.Headers.RetryAfter is not null);
    }

    private static async Task<WebApplication> StartAsync(string failure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapApi().MapGet("/fails", IResult () => failure switch
        {
            "field" => throw new ApiException(ApiError.BadField("voice", "There is no such voice.")),
            "missing" => ApiError.MissingField("model"),
            "model" => ApiError.NoModel("There is no such model."),
            "transient" => throw new VoiceException(VoiceStage.Tts, "It was busy.", isTransient: true),
            "dependency" => throw new VoiceException(VoiceStage.Tts, "It broke."),
            "input" => throw new VoiceException(VoiceStage.Tts, "It is too long.") { Class = FailureClass.UserInput },
            "quota" => throw new VoiceException(VoiceStage.Tts, "The account is empty.") { Class = FailureClass.Quota },
            "late" => throw new TimeoutException("It took too long."),
            "too large" => throw new BadHttpRequestException("Request body too large.", 413),
            "json" => throw new JsonException("secret"),
            _ => throw new InvalidOperationException("secret"),
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
