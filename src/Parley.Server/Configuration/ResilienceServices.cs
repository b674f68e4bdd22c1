using Microsoft.Extensions.DependencyInjection;
using Parley.Governance;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Server.Api;
using Parley.Tts.Caching;

namespace Parley.Server.Configuration;

/// <summary>What keeps conversations going when engines do not.</summary>
internal static class ResilienceServices
{
    /// <summary>Joins the engines of a stage.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static EngineChains Chains(ParleyConfiguration configuration, TimeProvider time, SpeechCache cache) =>
        new(configuration.Read<ResilienceOptions>("Resilience"), time, configuration.Read<GovernanceOptions>("Governance"), cache);

    /// <summary>Probes the engines while the server runs.</summary>
    public static IServiceCollection AddProbes(this IServiceCollection services, EngineChains chains, TimeProvider time)
    {
        services.AddSingleton(chains);
        services.AddSingleton(chains.Guards);
        services.AddSingleton(p => new RequestLimits(chains.Governance, new CpuMeter(time), p.GetService<ApiKeys>()));
        services.AddSingleton(new HealthProbes(chains.Guards, chains.Options.ProbeInterval, time));
        return services.AddHostedService<ProbingService>();
    }
}
