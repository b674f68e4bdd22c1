namespace Parley.Diagnostics;

/// <summary>What <c>doctor</c>, <c>/health</c> and the start-up log say about one engine on this machine.</summary>
/// <param name="Stage">The stage that the engine serves.</param>
/// <param name="Name">The name that configuration uses, such as <c>pocketsphinx</c>.</param>
/// <param name="Available">Whether it can be used now.</param>
/// <param name="Version">The version of the library and, where it has one, of the model; empty when unknown.</param>
/// <param name="Detail">What was found and where, or what is missing.</param>
/// <param name="Remedy">What to do where it is missing: the package to install or the option to set. Null when available.</param>
public sealed record EngineStatus(
    VoiceStage Stage, string Name, bool Available, string Version, string Detail, string? Remedy = null);
