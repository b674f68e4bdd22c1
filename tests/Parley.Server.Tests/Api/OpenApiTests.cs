using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace Parley.Server.Tests.Api;

/// <summary>The OpenAPI document of the whole server.</summary>
public sealed partial class OpenApiTests(ServedDocument served) : IClassFixture<ServedDocument>
{
    [Fact]
    public void Document_IsValid()
    {
        var read = OpenApiDocument.Parse(served.Json, "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal("Parley", read.Document!.Info.Title);
        Assert.Contains("key", read.Document.Components!.SecuritySchemes!.Keys);
    }

    [Fact]
    public void Document_HasEveryRouteBelowV1AndNoOther()
    {
        var mapped = served.Routes.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal) && !e.RoutePattern.RawText.Contains("**path", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Where(m => m != "CONNECT").Select(m => $"{m} {CatchAll().Replace(e.RoutePattern.RawText!.TrimEnd('/'), "{")}"));
        Assert.Equal(mapped.Distinct().Order(StringComparer.Ordinal), Operations().Select(o => o.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Document_EveryOperation_SaysWhatItDoesAndHowItFails() => Assert.All(Operations(), operation =>
    {
        Assert.True(operation.Body.TryGetProperty("summary", out _) && operation.Body.TryGetProperty("tags", out _), $"{operation.Name} is not described.");
        var responses = operation.Body.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToArray();
        Assert.Contains(responses, status => status is "101" or "200" or "204");
        // It answers everybody.
        if (operation.Name == "GET /v1/access") { return; }
        Assert.Contains("401", responses);
        Assert.Contains("503", responses);
    });

    [Theory]
    [InlineData("Assessment", "total", "accuracy", "completeness", "words", "insertions")]
    [InlineData("LearnerProgress", "words", "mtld", "days", "level", "vocabulary")]
    [InlineData("AttemptResult", "right", "missing", "rating", "review", "assessment")]
    [InlineData("ErrorBody", "error")]
    [InlineData("CorrectionBody", "source", "corrected", "edits", "degraded")]
    public void Document_Schema_HasItsProperties(string schema, params string[] properties)
    {
        var found = Schema(schema).GetProperty("properties");
        Assert.All(properties, property => Assert.True(found.TryGetProperty(property, out _), $"{schema} has no {property}."));
    }

    [Fact]
    public void Document_Form_HasItsFile()
    {
        var form = Operations().Single(o => o.Name == "POST /v1/audio/transcriptions").Body.GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data").GetProperty("schema");
        var file = form.GetProperty("properties").GetProperty("file");
        Assert.True(form.GetProperty("properties").TryGetProperty("response_format", out _));
        Assert.Equal("binary", (file.TryGetProperty("$ref", out var named) ? Schema(named.GetString()!.Split('/')[^1]) : file).GetProperty("format").GetString());
    }

    [Fact]
    public void Document_BodiesThatAreRead_AreDescribed() => Assert.All(
        Operations().Where(o => o.Name.StartsWith("POST ", StringComparison.Ordinal) || o.Name.StartsWith("PUT ", StringComparison.Ordinal)),
        operation => Assert.NotEmpty(operation.Body.GetProperty("requestBody").GetProperty("content").EnumerateObject()));

    private JsonElement Schema(string name) => JsonDocument.Parse(served.Json).RootElement.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private IEnumerable<(string Name, JsonElement Body)> Operations() => JsonDocument.Parse(served.Json).RootElement.GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(o => ($"{o.Name.ToUpperInvariant()} {path.Name}", o.Value)));

    [GeneratedRegex(@"\{\*+")]
    private static partial Regex CatchAll();
}
