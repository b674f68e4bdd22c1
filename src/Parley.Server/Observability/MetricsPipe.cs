using OpenTelemetry;
using OpenTelemetry.Metrics;
using Parley.Diagnostics;
using Parley.Server.Configuration;

namespace Parley.Server.Observability;

/// <summary>Collects Parley's instruments, and the runtime's that tell of memory, threads and the processor: for Prometheus, and for a collector where one is configured.</summary>
/// <remarks>Thread-safe. It listens from its making on; what was counted before is lost. A collector is written to by a thread of its own, which nobody waits for.</remarks>
internal sealed class MetricsPipe : IDisposable
{
    private const string Runtime = "System.Runtime";

    public MetricsPipe(ParleyMetrics metrics, TelemetryOptions options)
    {
        if (!options.Enabled) { return; }
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(TelemetryResource.Create())
            .AddMeter(ParleyMetrics.MeterName, Runtime)
            // By the meter itself and not its name: a process may run several servers.
            .AddView(i => ReferenceEquals(i.Meter, metrics.Meter) || i.Meter.Name == Runtime ? null : MetricStreamConfiguration.Drop)
            .AddPrometheusExporter();
        if (options.Endpoint is not null)
        {
            builder.AddOtlpExporter((exporter, reader) =>
            {
                TelemetryResource.Address(exporter, options, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportTimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds;
            });
        }
        Provider = builder.Build();
    }

    /// <summary>What is scraped; null: nothing is collected.</summary>
    public MeterProvider? Provider { get; }

    public void Dispose() => Provider?.Dispose();
}
