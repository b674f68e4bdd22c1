using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Api;
using Parley.Server.Transports.Xiaozhi;

namespace Parley.Server.Configuration;

/// <summary>The part of the composition that serves devices with the firmware xiaozhi-esp32.</summary>
internal static class XiaozhiServices
{
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static void AddXiaozhi(this IServiceCollection services, ParleyConfiguration configuration)
    {
        var options = configuration.Read<XiaozhiOptions>("Xiaozhi");
        if (options.Token.Length > 0 && !ApiKeys.From(configuration.Read<GatewayOptions>("Gateway")).Admits(options.Token))
        {
            throw new ConfigurationException("Parley:Xiaozhi:Token: it is none of the keys of Parley:Gateway, so devices that show it would be refused.");
        }
        services.AddXiaozhi(options);
    }

    public static void AddXiaozhi(this IServiceCollection services, XiaozhiOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<XiaozhiEndpoint>();
    }
}
