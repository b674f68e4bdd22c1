using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Audio;
using Parley.Diagnostics;
using Parley.Server.Api;
using Parley.Transports;
using Parley.Transports.EchoKit;
using Parley.Transports.Lines;

namespace Parley.Server.Transports.EchoKit;

/// <summary><c>/v1/record/ID</c>: what a device hears becomes a file; nobody listens or answers.</summary>
internal sealed partial class RecorderEndpoint(
    EchoKitEntrance entrance, Recordings recordings, ParleyMetrics metrics, IHostApplicationLifetime lifetime, ILogger<RecorderEndpoint> logger)
{
    /// <summary>A device that sends nothing for so long has done.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public Task RecordAsync(HttpContext context, string id)
    {
        if (Refusal() is { } refusal) { throw new ApiException(refusal); }
        return entrance.EnterAsync(context, id, async (line, seat) =>
        {
            await using (line)
            {
                try
                {
                    await WriteAsync(line, id, seat.Displaced);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    LogFailed(id, e.Message);
                    await line.CloseAsync(TransportCloseReason.ServerError);
                }
            }
        });
    }

    private ApiError? Refusal() =>
        !recordings.IsEnabled ? new ApiError(StatusCodes.Status404NotFound, "This server records nothing: Parley:EchoKit:RecordingFolder is not set.")
        : recordings.Room == 0 ? new ApiError(StatusCodes.Status507InsufficientStorage, "The recordings are as large as they may be.", ApiError.ServerError)
        : null;

    private async Task WriteAsync(WebSocketLine line, string id, CancellationToken displaced)
    {
        var room = recordings.Room;
        // Only when there is something to record.
        WavWriter? file = null;
        try
        {
            while (room > 0 && await ReceiveAsync(line, displaced) is { } frame)
            {
                if (frame.IsText) { continue; }
                if (frame.IsTooLarge || frame.Data.Length % sizeof(short) != 0)
                {
                    metrics.DeviceInputSkipped(EchoKitTransport.Dialect, "audio");
                    continue;
                }
                var samples = Pcm16.ToSamples(frame.Data.Span).AsSpan();
                if (samples.Length > room) { samples = samples[..(int)room]; }
                file ??= recordings.Create(id);
                file.Write(samples);
                room -= samples.Length;
            }
        }
        finally
        {
            file?.Dispose();
        }
        await line.CloseAsync(TransportCloseReason.Ended, CancellationToken.None);
    }

    /// <returns>Null: the device has gone or says nothing more, or the server stops.</returns>
    private async ValueTask<Frame?> ReceiveAsync(WebSocketLine line, CancellationToken displaced)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(displaced, lifetime.ApplicationStopping);
        limit.CancelAfter(s_patience);
        try
        {
            return await line.ReceiveAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "What device {Id} says cannot be recorded. {Why}")]
    private partial void LogFailed(string id, string why);
}
