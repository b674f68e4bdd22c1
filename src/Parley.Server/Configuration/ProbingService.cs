using Microsoft.Extensions.Hosting;
using Parley.Diagnostics;
using Parley.Resilience;

namespace Parley.Server.Configuration;

/// <summary>Owns the loop of the health probes.</summary>
internal sealed class ProbingService(HealthProbes probes, EngineGuards guards, ParleyMetrics metrics) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        guards.Report(metrics);
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => probes.RunAsync(stoppingToken);
}
