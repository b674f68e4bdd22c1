using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Parley.Server.Configuration;

namespace Parley.Server.Observability;

/// <summary>Where the log goes, and in which form.</summary>
internal static class LogOutput
{
    /// <summary>Writes it to standard error, for standard output belongs to commands, in the form of <see cref="TelemetryOptions.Logs"/>.</summary>
    public static void AddLog(this ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(o => { o.SingleLine = true; o.TimestampFormat = "HH:mm:ss.fff "; });
        logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
        logging.Services.AddOptions<ConsoleLoggerOptions>().Configure<TelemetryOptions>((console, telemetry) =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = telemetry.Logs == LogFormat.Json ? JsonLogFormatter.Named : ConsoleFormatterNames.Simple;
        });
    }
}
