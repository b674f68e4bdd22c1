using System.ComponentModel.DataAnnotations;
using OpenTelemetry.Exporter;
using Parley.Diagnostics;

namespace Parley.Server.Configuration;

/// <summary>What the server tells of itself, and whom (<c>Parley:Telemetry</c>).</summary>
public sealed class TelemetryOptions
{
    /// <summary>Whether metrics are collected for <c>/metrics</c> and a collector, and traces for a collector. Without, the operator's page still counts errors.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The collector that metrics and traces are sent to by OTLP, such as <c>http://127.0.0.1:4317</c>.</summary>
    /// <value>The default is null: none; nothing is traced then.</value>
    [Address("http", "https", ErrorMessage = "Endpoint must be an http:// or https:// address.")]
    public Uri? Endpoint { get; set; }

    /// <summary>How the collector is spoken to: <c>Grpc</c>, or <c>HttpProtobuf</c>, which adds <c>/v1/traces</c> and <c>/v1/metrics</c> to the address.</summary>
    /// <value>The default is <c>Grpc</c>.</value>
    [EnumDataType(typeof(OtlpExportProtocol), ErrorMessage = "Protocol must be Grpc or HttpProtobuf.")]
    public OtlpExportProtocol Protocol { get; set; } = OtlpExportProtocol.Grpc;

    /// <summary>Headers that the collector wants, as <c>name=value</c>, separated by commas. A secret: better in the environment.</summary>
    /// <value>The default is null: none.</value>
    public string? Headers { get; set; }

    /// <summary>How often metrics are sent to the collector.</summary>
    /// <value>The default is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "Interval must be 0.1 seconds to 10 minutes.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the collector may take for what it is sent; what it doesn't take by then is lost.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "Timeout must be 0.1 seconds to 1 minute.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The share of sessions that are traced, the whole of each.</summary>
    /// <value>The default is 1: all.</value>
    [Range(0d, 1d, ErrorMessage = "TracedShare must be 0 to 1.")]
    public double TracedShare { get; set; } = 1;

    /// <summary>Whether spans hold what was said, heard and answered.</summary>
    /// <value>The default is false.</value>
    public bool Speech { get; set; }

    /// <summary>How the log is written to standard error: <c>Text</c> for people, or <c>Json</c>, an object a line, for programs.</summary>
    /// <value>The default is <c>Text</c>.</value>
    [EnumDataType(typeof(LogFormat), ErrorMessage = "Logs must be Text or Json.")]
    public LogFormat Logs { get; set; } = LogFormat.Text;
}

/// <summary>How the log is written.</summary>
public enum LogFormat
{
    /// <summary>A line for people.</summary>
    Text,

    /// <summary>An object a line, for programs.</summary>
    Json,
}
