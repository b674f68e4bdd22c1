using OpenTelemetry;
using OpenTelemetry.Trace;
using Parley.Diagnostics;
using Parley.Server.Configuration;

namespace Parley.Server.Observability;

/// <summary>Sends traces to a collector, where one is configured; else nobody listens, and nothing is traced.</summary>
/// <remarks>
/// Spans wait in a bounded queue for a thread of their own; where the collector takes nothing, they are dropped. Sessions are drawn by their trace's id alone, so that each is
/// traced whole, also after it was resumed.
/// </remarks>
internal sealed class TracesPipe : IDisposable
{
    /// <summary>The framework's spans of requests, which those of engines are children of outside of sessions.</summary>
    private const string Requests = "Microsoft.AspNetCore";

    private readonly TracerProvider? _provider;

    public TracesPipe(TelemetryOptions options)
    {
        if (!options.Enabled || options.Endpoint is null) { return; }
        _provider = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(TelemetryResource.Create())
            .SetSampler(new TraceIdRatioBasedSampler(options.TracedShare))
            .AddSource(ParleyTraces.SourceName, Requests)
            .AddOtlpExporter(exporter => TelemetryResource.Address(exporter, options, "v1/traces"))
            .Build();
    }

    public void Dispose() => _provider?.Dispose();
}
