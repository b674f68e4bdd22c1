using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Audio.Codecs;
using Parley.Server.Api;
using Parley.Server.Configuration;
using Parley.Sessions;
using Parley.Transports.EchoKit;

namespace Parley.Server.Transports.EchoKit;

/// <summary><c>/ws/ID</c> and <c>/v2/stable_ws/ID</c>: one WebSocket, one device, one conversation.</summary>
internal sealed partial class EchoKitEndpoint(
    EchoKitOptions options, EchoKitEntrance entrance, HelloAudio hello, IOpusCodec opus, SessionServices services, SessionRegistry sessions,
    IHostApplicationLifetime lifetime, ILogger<EchoKitEndpoint> logger)
{
    private readonly SessionServices _services = services with { Options = services.Options with { Lead = options.Lead } };

    private readonly EchoKitSession _session = new()
    {
        PacksBytes = options.PacksBytes,
        Config = options.ToConfig(),
    };

    public Task ConverseAsync(HttpContext context, string id)
    {
        var request = new EchoKitRequest(context.Asks("reconnect"), context.Asks("opus"), context.Asks("vowel"), context.Asks("stream_asr"));
        if (request.Opus && opus.Probe() is { Available: false } missing)
        {
            throw new ApiException(new ApiError(StatusCodes.Status503ServiceUnavailable, $"{missing.Detail}: {missing.Remedy}", ApiError.ServerError));
        }
        return entrance.EnterAsync(context, id, async (line, seat) =>
        {
            var session = request.GoesOn ? _session : _session with { Hello = await hello.GetAsync() };
            await RunAsync(new EchoKitTransport(line, request, session, seat, id, opus, _services.Metrics, _services.Time), id);
        });
    }

    private async Task RunAsync(EchoKitTransport transport, string id)
    {
        await sessions.ServeAsync(transport, _services, shutdown: lifetime.ApplicationStopping);
        if (transport.Refusal is { } why) { LogRefused(id, why); }
    }

    [LoggerMessage(LogLevel.Warning, "Device {Id} got no session: {Why}")]
    private partial void LogRefused(string id, string why);
}
