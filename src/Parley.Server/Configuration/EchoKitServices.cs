using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Transports.EchoKit;

namespace Parley.Server.Configuration;

/// <summary>The part of the composition that serves devices with the EchoKit firmware.</summary>
internal static class EchoKitServices
{
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static void AddEchoKit(this IServiceCollection services, ParleyConfiguration configuration)
    {
        var options = configuration.Read<EchoKitOptions>("EchoKit");
        if (options.HelloFile.Length > 0 && !File.Exists(options.HelloFile))
        {
            throw new ConfigurationException($"Parley:EchoKit:HelloFile: there is no file {options.HelloFile}.");
        }
        services.AddEchoKit(options);
        if (options is { Enabled: true, RecordingFolder.Length: > 0 }) { services.AddHostedService<RecordingSweeper>(); }
    }

    public static void AddEchoKit(this IServiceCollection services, EchoKitOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<EchoKitEntrance>();
        services.AddSingleton<EchoKitEndpoint>();
        services.AddSingleton<HelloAudio>();
        services.AddSingleton<Recordings>();
        services.AddSingleton<RecorderEndpoint>();
    }
}
