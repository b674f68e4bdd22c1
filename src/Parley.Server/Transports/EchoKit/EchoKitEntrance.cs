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

/// <summary>Lets devices in while there is room, each on one line: a new one ends the one before.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class EchoKitEntrance(
    EchoKitOptions options, SessionServices services, IHostApplicationLifetime lifetime, ApiKeys? keys = null) : IDisposable
{
    private readonly DeviceSeats _seats = new(services.Time, services.Options.ResumeWindow);
    private readonly SemaphoreSlim _room = new(options.MaxDevices);

    /// <summary>Opens the line.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">Who the device says it is.</param>
    /// <param name="serve">What is done on the line, which it disposes.</param>
    /// <exception cref="ApiException">There is a reason not to.</exception>
    public async Task EnterAsync(HttpContext context, string id, Func<WebSocketLine, DeviceSeat, Task> serve)
    {
        if (!Id().IsMatch(id)) { throw new ApiException(new ApiError(StatusCodes.Status400BadRequest, "A device's id has letters, digits, ':', '-' and '_', at most 64.")); }
        if (lifetime.ApplicationStopping.IsCancellationRequested) { throw Busy("The server stops."); }
        using var seat = await TakeSeatAsync(context, id) ?? throw Busy("The device's old session does not end.");
        if (!_room.Wait(0, CancellationToken.None)) { throw Busy("There are too many devices."); }
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

    private static ApiException Busy(string why) =>
        new(new ApiError(StatusCodes.Status503ServiceUnavailable, why, ApiError.ServerError, RetryAfter: TimeSpan.FromSeconds(2)));

    /// <summary>Takes the device's seat; null: its old session does not end, or the device is gone already.</summary>
    private async Task<DeviceSeat?> TakeSeatAsync(HttpContext context, string id)
    {
        try
        {
            // The id is no secret: only who shows the same key goes on with the conversation.
            return await _seats.TakeAsync(new DeviceIdentity(id, keys?.Find(context) ?? ""), context.RequestAborted);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[A-Za-z0-9:_-]{1,64}$")]
    private static partial Regex Id();
}
