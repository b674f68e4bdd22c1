using Parley.Policy;
using Parley.Server.Configuration;

namespace Parley.Cli;

/// <summary>The engines for commands that need no server.</summary>
internal static class CliEngines
{
    public static EngineCatalog Load() => ParleyServices.Engines(ParleyConfiguration.FromEnvironment(), TimeProvider.System);
}
