using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parley.Server.Threading;
using Parley.Timeline;

namespace Parley.Server.Retention;

/// <summary>Deletes old sessions when the server starts, and every hour.</summary>
public sealed partial class RetentionService(SessionRetention retention, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken).UntilStoppedAsync(stoppingToken);

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        do { await ApplyAsync(stoppingToken); }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ApplyAsync(CancellationToken stoppingToken)
    {
        try
        {
            var deleted = await retention.ApplyAsync(stoppingToken);
            if (deleted > 0) { LogDeleted(deleted); }
        }
        catch (StoreException e)
        {
            // The store says so in /health; the next hour may be better.
            LogFailed(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} old sessions were deleted.")]
    private partial void LogDeleted(int count);

    [LoggerMessage(LogLevel.Warning, "Old sessions could not be deleted. {Why}")]
    private partial void LogFailed(string why);
}
