using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Observability;

namespace Parley.Server.Configuration;

/// <summary>What tells operators how the server does.</summary>
internal static class TelemetryServices
{
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, ParleyConfiguration configuration) =>
        services.AddTelemetry(configuration.Read<TelemetryOptions>("Telemetry"));

    public static IServiceCollection AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<MetricsPipe>();
        services.AddSingleton<TracesPipe>();
        return services;
    }
}
