using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using Parley.Diagnostics;
using Parley.Server.Configuration;

namespace Parley.Server.Observability;

/// <summary>What metrics and traces have in common: who tells, and whom.</summary>
internal static class TelemetryResource
{
    public static ResourceBuilder Create() => ResourceBuilder.CreateDefault().AddService("parley", serviceVersion: ParleyVersion.Current);

    /// <summary>Addresses the collector.</summary>
    /// <param name="exporter">What writes to it.</param>
    /// <param name="options">Where it is.</param>
    /// <param name="path">What is sent, as a path: HTTP has an address for each, and an exporter that is told one adds nothing to it.</param>
    public static void Address(OtlpExporterOptions exporter, TelemetryOptions options, string path)
    {
        exporter.Protocol = options.Protocol;
        exporter.Endpoint = options.Protocol == OtlpExportProtocol.HttpProtobuf ? new Uri($"{options.Endpoint!.AbsoluteUri.TrimEnd('/')}/{path}") : options.Endpoint!;
        exporter.TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds;
        if (options.Headers is { Length: > 0 } headers) { exporter.Headers = headers; }
    }
}
