using Microsoft.Extensions.DependencyInjection;
using Parley.Diagnostics;
using Parley.Governance;
using Parley.Server.Threading;
using Parley.Sessions;
using Parley.Sessions.Admission;

namespace Parley.Server.Configuration;

/// <summary>Who gets a conversation: as many as there are places for, and as the machine bears.</summary>
internal static class AdmissionServices
{
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static void AddAdmission(this IServiceCollection services, ParleyConfiguration configuration, TimeProvider time)
    {
        var options = configuration.Read<AdmissionOptions>("Admission");
        services.AddSingleton(p => new LoadMeter(p.GetRequiredService<SessionLoops>().TimeOfSessions, new CpuMeter(time).Read));
        services.AddSingleton(p => new AdmissionGate(options, time, p.GetRequiredService<LoadMeter>().Read));
        services.AddSingleton(p =>
        {
            var gate = p.GetRequiredService<AdmissionGate>();
            var sessions = new SessionRegistry(p.GetRequiredService<ServerOptions>().MaxSessions, gate);
            p.GetRequiredService<ParleyMetrics>().Observe(sessions);
            p.GetRequiredService<ParleyMetrics>().Observe(gate, p.GetRequiredService<LoadMeter>());
            return sessions;
        });
    }
}
