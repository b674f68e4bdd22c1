using System.Diagnostics.Metrics;
using Parley.Diagnostics;
using Prometheus;

namespace Parley.Server.Observability;

/// <summary>Parley's instruments, and the runtime's that tell of memory, threads and the processor, in Prometheus' text format.</summary>
/// <remarks>Thread-safe. It listens from its making on; what was counted before is lost.</remarks>
internal sealed class PrometheusPage : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string Runtime = "System.Runtime";

    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();
    private readonly IDisposable _listening;

    public PrometheusPage(ParleyMetrics metrics) => _listening = MeterAdapter.StartListening(new MeterAdapterOptions
    {
        Registry = _registry,
        MetricFactory = Metrics.WithCustomRegistry(_registry),
        // By the meter itself and not its name: a process may run several servers.
        InstrumentFilterPredicate = i => ReferenceEquals(i.Meter, metrics.Meter) || i.Meter.Name == Runtime,
        ResolveHistogramBuckets = Buckets,
    });

    public Task WriteAsync(Stream output, CancellationToken cancellationToken) => _registry.CollectAndExportAsTextAsync(output, cancellationToken);

    public void Dispose() => _listening.Dispose();

    private static double[] Buckets(Instrument instrument) =>
        instrument is Histogram<double> { Advice.HistogramBucketBoundaries: { } boundaries } ? [.. boundaries] : Histogram.ExponentialBuckets(0.001, 2, 16);
}
