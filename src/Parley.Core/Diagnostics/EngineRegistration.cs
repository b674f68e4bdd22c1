using Parley.Policy;

namespace Parley.Diagnostics;

/// <summary>An engine as an adapter offers it to the composition root.</summary>
/// <typeparam name="TPort">The port that the engine implements.</typeparam>
/// <param name="Name">The name that configuration uses.</param>
/// <param name="Probe">Looks for libraries and models. Cheap, never throws, may be called at any time from any thread.</param>
/// <param name="Create">Builds the engine, loading what it needs. Called once; throws <see cref="VoiceException"/> when it cannot.</param>
/// <param name="Priority">Under <c>auto</c> the available engine with the highest priority is taken; the rest are its fallbacks in order.</param>
public sealed record EngineRegistration<TPort>(string Name, Func<EngineStatus> Probe, Func<TPort> Create, int Priority = 0)
    where TPort : class
{
    /// <summary>What is known of it.</summary>
    /// <value>The default is a local engine of middling quality.</value>
    public EngineAttributes Attributes { get; init; } = new();
}
