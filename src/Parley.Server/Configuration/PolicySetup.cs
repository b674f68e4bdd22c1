using Microsoft.Extensions.Logging;
using Parley.Policy;

namespace Parley.Server.Configuration;

/// <summary>Sets the policy up, and has its tuning logged.</summary>
public static partial class PolicySetup
{
    /// <summary>The rules by which engines are chosen.</summary>
    /// <exception cref="ConfigurationException">A setting is wrong; the message names its key.</exception>
    public static PolicyOptions Policy(this ParleyConfiguration configuration) => configuration.Read<PolicyOptions>("Policy");

    /// <summary>From now on each step of the weights is logged with its reason.</summary>
    public static void LogTuning(this EngineChooser chooser, ILogger logger) => chooser.Tuned = change => LogStep(logger, change.Reason, change.Before, change.After);

    [LoggerMessage(LogLevel.Information, "Policy: {Reason}. Before: {Before}; now: {After}.")]
    private static partial void LogStep(ILogger logger, string reason, PolicyWeights before, PolicyWeights after);
}
