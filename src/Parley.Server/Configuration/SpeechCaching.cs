using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Speech;
using Parley.Tts.Caching;

namespace Parley.Server.Configuration;

/// <summary>The cache that stands before all synthesisers of the process.</summary>
internal static class SpeechCaching
{
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static SpeechCache Read(ParleyConfiguration configuration, TimeProvider time) =>
        new(configuration.Read<SpeechCacheOptions>("SpeechCache"), time);

    /// <summary>Registers the cache and what fills it in the background.</summary>
    public static void AddSpeechCache(this IServiceCollection services, SpeechCache cache)
    {
        services.AddSingleton(_ => cache);
        services.AddSingleton<SpeechPrefetcher>();
        services.AddHostedService<SpeechCacheService>();
    }
}
