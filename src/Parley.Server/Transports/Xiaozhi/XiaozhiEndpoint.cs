using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Parley.Audio.Codecs;
using Parley.Server.Api;
using Parley.Server.Configuration;
using Parley.Sessions;
using Parley.Transports.Devices;
using Parley.Transports.Lines;
using Parley.Transports.Xiaozhi;

namespace Parley.Server.Transports.Xiaozhi;

/// <summary><c>/xiaozhi/v1/</c>: one WebSocket, one device, one session.</summary>
internal sealed class XiaozhiEndpoint(
    XiaozhiOptions options, IOpusCodec opus, SessionServices services, SessionRegistry sessions, IHostApplicationLifetime lifetime, ApiKeys? keys = null)
{
    private const int MaxId = 128;

    private readonly XiaozhiSession _session = new()
    {
        AnswersWakeWord = options.AnswersWakeWord,
        OffersTools = options.OffersTools,
        IdleTimeout = options.IdleTimeout,
        Config = options.ToConfig(),
    };

    private readonly DeviceSeats _seats = new(services.Time, options.Resumes ? services.Options.ResumeWindow : TimeSpan.Zero);

    public async Task ConverseAsync(HttpContext context)
    {
        if (Refusal(context) is { } refusal) { throw new ApiException(refusal); }
        using var seat = await TakeSeatAsync(context) ?? throw new ApiException(new ApiError(StatusCodes.Status409Conflict, "The device's old session does not end."));
        var line = new WebSocketLine(await context.WebSockets.AcceptWebSocketAsync(), XiaozhiTransport.MaxFrame, services.Time, context.RequestAborted);
        var transport = new XiaozhiTransport(line, opus, _session, seat, Header(context, "Device-Id"), Framing(context), services.Metrics, services.Time);
        await sessions.ServeAsync(transport, services, shutdown: lifetime.ApplicationStopping);
    }

    private ApiError? Refusal(HttpContext context) =>
        Header(context, "Device-Id")?.Length > MaxId || Header(context, "Client-Id")?.Length > MaxId
            ? new ApiError(StatusCodes.Status400BadRequest, $"An id has at most {MaxId} characters.")
        : opus.Probe() is { Available: false } missing
            ? new ApiError(StatusCodes.Status503ServiceUnavailable, $"{missing.Detail}: {missing.Remedy}", ApiError.ServerError)
        : null;

    /// <summary>Takes the device's seat; null: its old session does not end, or the device is gone already.</summary>
    private async Task<DeviceSeat?> TakeSeatAsync(HttpContext context)
    {
        // The device's id is no secret: only who shows the same key and the id that the device's software drew goes on with its conversation.
        var identity = Header(context, "Device-Id") is { } device
            ? new DeviceIdentity(device, $"{Header(context, "Client-Id")} {keys?.Find(context)}") : null;
        try
        {
            return await _seats.TakeAsync(identity, context.RequestAborted);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    private static string? Header(HttpContext context, string name) => context.Request.Headers[name] is [{ Length: > 0 } value] ? value : null;

    private static int? Framing(HttpContext context) =>
        int.TryParse(Header(context, "Protocol-Version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
