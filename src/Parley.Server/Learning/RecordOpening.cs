using Microsoft.Extensions.Hosting;

namespace Parley.Server.Learning;

/// <summary>Opens what is kept of learners in the background after the start, where more than a file is to be reached or loaded.</summary>
internal sealed class RecordOpening(LearnerRecords records) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!records.IsElsewhere) { return; }
        try
        {
            await Task.Run(() => records.OpenAsync(stoppingToken), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is going.
        }
    }
}
