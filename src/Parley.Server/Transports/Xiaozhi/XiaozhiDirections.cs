using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Parley.Server.Configuration;

namespace Parley.Server.Transports.Xiaozhi;

/// <summary>
/// <c>/xiaozhi/ota/</c>: a device asks once, at its start, which firmware there is, what time it is and where its conversations are held.
/// It is told that its firmware is the newest.
/// </summary>
internal static class XiaozhiDirections
{
    /// <summary>What is read of a device's description of itself.</summary>
    private const int MaxBody = 64 * 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    public static async Task<IResult> AnswerAsync(HttpContext context, XiaozhiOptions options, TimeProvider time)
    {
        var now = time.GetLocalNow();
        var firmware = await ReadVersionAsync(context, time);
        return Results.Json(
            new Directions(
                new ServerTime(now.ToUnixTimeMilliseconds(), (int)now.Offset.TotalMinutes),
                new Firmware(firmware ?? "0.0.0", Url: ""),
                new WebSocketAddress(Address(context.Request, options), options.Token.Length > 0 ? options.Token : null, Version: 1)),
            DirectionsJson.Default.Directions);
    }

    private static string Address(HttpRequest request, XiaozhiOptions options) => options.WebSocketUrl.Length > 0
        ? options.WebSocketUrl
        : $"{(request.IsHttps ? "wss" : "ws")}://{request.Host}{request.PathBase}{XiaozhiRoutes.Conversation}";

    /// <summary>The firmware's version, if the device tells it.</summary>
    private static async Task<string?> ReadVersionAsync(HttpContext context, TimeProvider time)
    {
        if (context.Request.ContentLength is not (> 0 and <= MaxBody)) { return null; }
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), limit, s_patience, Timeout.InfiniteTimeSpan);
        try
        {
            return (await JsonSerializer.DeserializeAsync(context.Request.Body, DirectionsJson.Default.DeviceDescription, limit.Token))?.Application?.Version;
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>What is asked for of a device's description.</summary>
internal sealed record DeviceDescription(DeviceApplication? Application);

internal sealed record DeviceApplication(string? Version);

internal sealed record Directions(ServerTime ServerTime, Firmware Firmware, [property: JsonPropertyName("websocket")] WebSocketAddress WebSocket);

/// <param name="Timestamp">Milliseconds since 1970, UTC.</param>
/// <param name="TimezoneOffset">Minutes that local time is ahead.</param>
internal sealed record ServerTime(long Timestamp, int TimezoneOffset);

internal sealed record Firmware(string Version, string Url);

/// <param name="Url">Where conversations are held.</param>
/// <param name="Token">What the device shows there; null: what it has.</param>
/// <param name="Version">Of the binary framing.</param>
internal sealed record WebSocketAddress(string Url, string? Token, int Version);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Directions))]
[JsonSerializable(typeof(DeviceDescription))]
internal sealed partial class DirectionsJson : JsonSerializerContext;
