using Microsoft.Extensions.Hosting;
using Parley.Server.Threading;

namespace Parley.Server.Learning;

/// <summary>Opens what is kept of learners in the background after the start, where more than a file is to be reached or loaded.</summary>
internal sealed class RecordOpening(LearnerRecords records) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        records.IsElsewhere ? Task.Run(() => records.OpenAsync(stoppingToken), stoppingToken).UntilStoppedAsync(stoppingToken) : Task.CompletedTask;
}
