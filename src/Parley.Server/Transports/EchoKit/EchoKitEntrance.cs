using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Parley.Server.Api;
using Parley.Server.Configuration;
using Parley.Sessions;
using Parley.Transports.Devices;
using Parley.Transports.EchoKit;
using Parley.Transports.Lines;

namespace Parley.Server.Transports.EchoKit;

/// <summary>Lets devices in that show a key, where there are keys, while there is room, each on one line: a new one ends the one before.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class EchoKitEntrance(
    EchoKitOptions options, SessionServices services, IHostApplicationLifetime lifetime, ApiKeys? keys = null) : IDisposable
{
    private readonly DeviceSeats _seats = new(services.Time, services.Options.ResumeWindow);
    private readonly SemaphoreSlim _room = new(options.MaxDevices);

    /// <summary>Opens the line, unless there is a reason not to: then the response says it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">Who the device says it is.</param>
    /// <param name="refusal">A further reason; null: there is none.</param>
    /// <param name="serve">What is done on the line, which it disposes.</param>
    public async Task EnterAsync(HttpContext context, string id, (int Status, string Why)? refusal, Func<WebSocketLine, DeviceSeat, Task> serve)
    {
        if ((Refusal(context, id) ?? refusal) is var (status, why))
        {
            await RefuseAsync(context, status, why);
            return;
        }
        using var seat = await TakeSeatAsync(context, id);
        if (seat is null || !_room.Wait(0, CancellationToken.None))
        {
            context.Response.Headers.RetryAfter = "2";
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, seat is null ? "The device's old session does not end." : "There are too many devices.");
            return;
        }
        try
        {
            await serve(new WebSocketLine(await context.WebSockets.AcceptWebSocketAsync(), EchoKitTransport.MaxFrame, services.Time, context.RequestAborted), seat);
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();

    private (int Status, string Why)? Refusal(HttpContext context, string id)
    {
        if (!context.WebSockets.IsWebSocketRequest) { return (StatusCodes.Status426UpgradeRequired, "This is a WebSocket."); }
        if (keys is { IsOpen: false } && KeyOf(context) is null) { return (StatusCodes.Status401Unauthorized, "A valid key is needed: 'Authorization: Bearer KEY', or ?token=KEY."); }
        if (!Id().IsMatch(id)) { return (StatusCodes.Status400BadRequest, "A device's id has letters, digits, ':', '-' and '_', at most 64."); }
        return lifetime.ApplicationStopping.IsCancellationRequested ? (StatusCodes.Status503ServiceUnavailable, "The server stops.") : null;
    }

    /// <summary>Takes the device's seat; null: its old session does not end, or the device is gone already.</summary>
    private async Task<DeviceSeat?> TakeSeatAsync(HttpContext context, string id)
    {
        try
        {
            // The id is no secret: only who shows the same key goes on with the conversation.
            return await _seats.TakeAsync(new DeviceIdentity(id, KeyOf(context) ?? ""), context.RequestAborted);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The name of the key that the device shows, if need be in its address, which is all that one can give a device; null: it shows none of them.</summary>
    private string? KeyOf(HttpContext context) => keys?.Find(ShownKey.Of(context) ?? context.Request.Query["token"]);

    private static async Task RefuseAsync(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(why, context.RequestAborted);
    }

    [GeneratedRegex("^[A-Za-z0-9:_-]{1,64}$")]
    private static partial Regex Id();
}
