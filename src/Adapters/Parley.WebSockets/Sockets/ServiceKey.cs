using Parley.Diagnostics;

namespace Parley.WebSockets.Sockets;

/// <summary>The key of a service: from the options, else from the environment.</summary>
internal static class ServiceKey
{
    public static string? Of(string? key, string variable) => string.IsNullOrEmpty(key) ? Environment.GetEnvironmentVariable(variable) : key;

    /// <summary>What an engine says of itself before it was ever called.</summary>
    public static EngineStatus Probe(VoiceStage stage, string engine, string model, Uri address, string? key, string variable) =>
        string.IsNullOrEmpty(Of(key, variable)) && !address.IsLoopback
            ? new EngineStatus(stage, engine, false, model, $"{address.Host} wants a key, and the environment has no {variable}.", $"Set {variable}.")
            : new EngineStatus(stage, engine, true, model, $"{address.Host}, not contacted yet.");
}
