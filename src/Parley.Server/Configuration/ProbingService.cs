using Microsoft.Extensions.Hosting;
using Parley.Resilience;

namespace Parley.Server.Configuration;

/// <summary>Owns the loop of the health probes.</summary>
internal sealed class ProbingService(HealthProbes probes) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => probes.RunAsync(stoppingToken);
}
