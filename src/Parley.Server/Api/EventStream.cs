using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api;

/// <summary>Server-sent events: <c>data: {json}</c> and an empty line, each sent at once.</summary>
internal sealed class EventStream(HttpResponse response)
{
    /// <summary>Says that what follows are events.</summary>
    public static void SetHeaders(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        // Proxies such as nginx would otherwise collect the events.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Sends one event; the first one begins the response.</summary>
    public ValueTask SendAsync<T>(T data, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(JsonSerializer.SerializeToUtf8Bytes(data, type), cancellationToken);

    /// <summary>Sends JSON that is written already.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (!response.HasStarted) { SetHeaders(response); }
        var body = response.BodyWriter;
        body.Write("data: "u8);
        body.Write(json.Span);
        body.Write("\n\n"u8);
        await body.FlushAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
