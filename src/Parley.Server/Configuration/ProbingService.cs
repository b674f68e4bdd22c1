using Microsoft.Extensions.Hosting;
using Parley.Diagnostics;
using Parley.Resilience;
using Parley.Server.Threading;

namespace Parley.Server.Configuration;

/// <summary>Owns the loop of the health probes.</summary>
internal sealed class ProbingService(HealthProbes probes, EngineGuards guards, ParleyMetrics metrics) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        guards.Report(metrics);
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => PoolContext.RunAsync(() => probes.RunAsync(stoppingToken)).UntilStoppedAsync(stoppingToken);
}
