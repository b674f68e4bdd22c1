using Parley.Diagnostics;

namespace Parley.WebSockets.Sockets;

/// <summary>Looks at an engine's settings; makes no call over the network.</summary>
internal static class ServiceProbe
{
    /// <summary>What an engine says of itself before it was ever called.</summary>
    public static EngineStatus Of(VoiceStage stage, string engine, string model, Uri address, string? key, string variable) =>
        string.IsNullOrEmpty(key) && !EngineKey.IsSet(variable) && !address.IsLoopback
            ? new EngineStatus(stage, engine, false, model, $"{address.Host} wants a key, and the environment has no {variable}.", $"Set {variable}.")
            : new EngineStatus(stage, engine, true, model, $"{address.Host}, not contacted yet.");
}
