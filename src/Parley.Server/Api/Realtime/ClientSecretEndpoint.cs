using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Diagnostics;
using Parley.Server.Api.Documentation;
using Parley.Server.Configuration;
using Parley.Server.Transports.Realtime;
using Parley.Transports.Realtime.Sessions;

namespace Parley.Server.Api.Realtime;

/// <summary><c>POST /v1/realtime/client_secrets</c>: a key for one browser, for some minutes, with the session that it opens.</summary>
internal static class ClientSecretEndpoint
{
    private const int MaxBody = 128 * 1024;

    private const int DefaultSeconds = 600, MinSeconds = 10, MaxSeconds = 7_200;

    public static void MapClientSecrets(this IEndpointRouteBuilder routes) => routes.MapPost("/realtime/client_secrets", CreateAsync)
        .Describe("Conversations", "Makes a key that lives for minutes, for a browser.").Takes(typeof(SecretBody)).Gives(typeof(ClientSecretBody));

    private static async Task<IResult> CreateAsync(HttpContext http, ClientSecrets secrets, ApiKeys keys, GatewayOptions options, TimeProvider time)
    {
        using var body = await JsonBody.ReadAsync(http, MaxBody, options.BodyTimeout, time);
        var lifetime = Lifetime(body);
        var asked = body.Field("session") ?? JsonElement.Parse("{}");
        var session = Preview(asked);
        var made = secrets.TryCreate(ApiKeys.CallerOf(http, keys), asked, lifetime)
            ?? throw new ApiException(new ApiError(429, "You have too many client secrets.", ApiError.RateLimited, Code: "rate_limit_exceeded", RetryAfter: TimeSpan.FromSeconds(MinSeconds)));
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new ClientSecretBody(made.Value, made.Secret.ExpiresAt.ToUnixTimeSeconds(), session), ClientSecretJson.Default.ClientSecretBody);
    }

    private static TimeSpan Lifetime(JsonBody body)
    {
        const string name = "expires_after";
        if (body.Field(name) is not { } after) { return TimeSpan.FromSeconds(DefaultSeconds); }
        if (after.ValueKind != JsonValueKind.Object) { throw new ApiException(ApiError.BadField(name, $"'{name}' must be an object.", "invalid_type")); }
        if (after.TryGetProperty("anchor", out var anchor) && !(anchor.ValueKind == JsonValueKind.String && anchor.ValueEquals("created_at")))
        {
            throw new ApiException(ApiError.BadField($"{name}.anchor", $"'{name}.anchor' must be created_at."));
        }
        if (!after.TryGetProperty("seconds", out var seconds)) { return TimeSpan.FromSeconds(DefaultSeconds); }
        return seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt32(out var count) && count is >= MinSeconds and <= MaxSeconds
            ? TimeSpan.FromSeconds(count)
            : throw new ApiException(ApiError.BadField($"{name}.seconds", $"'{name}.seconds' must be a whole number from {MinSeconds} to {MaxSeconds}."));
    }

    /// <summary>The session that the secret opens, complete, so that what is wrong in it is told now.</summary>
    private static JsonElement Preview(JsonElement asked)
    {
        var (session, param, code, message) = SessionPreview.Of(RealtimeCalls.Of(asked), RandomId.Next("sess_", Random.Shared), asked);
        return session ?? throw new ApiException(ApiError.BadField(param ?? "session", message, code));
    }
}

internal sealed record ClientSecretBody(string Value, long ExpiresAt, JsonElement Session);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ClientSecretBody))]
internal sealed partial class ClientSecretJson : JsonSerializerContext;
