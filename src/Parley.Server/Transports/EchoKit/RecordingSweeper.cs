using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Server.Threading;

namespace Parley.Server.Transports.EchoKit;

/// <summary>Deletes old recordings when the server starts, and every hour.</summary>
internal sealed partial class RecordingSweeper(Recordings recordings, TimeProvider time, ILogger<RecordingSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken).UntilStoppedAsync(stoppingToken);

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        do { Sweep(); }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Sweep()
    {
        try
        {
            if (recordings.Sweep() is > 0 and var count) { LogDeleted(count); }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next hour may be better.
            LogFailed(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} old recordings were deleted.")]
    private partial void LogDeleted(int count);

    [LoggerMessage(LogLevel.Warning, "Old recordings could not be deleted. {Why}")]
    private partial void LogFailed(string why);
}
