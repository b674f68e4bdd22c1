using Parley.Policy;

namespace Parley.Resilience;

/// <summary>One engine together with what is known and measured of it; there is one handle an engine in the process.</summary>
/// <typeparam name="TPort">The port that it implements.</typeparam>
/// <param name="Name">The name that configuration uses.</param>
/// <param name="Engine">The engine itself.</param>
/// <param name="Attributes">What is known of it.</param>
/// <param name="Telemetry">What is measured of it; whoever calls the engine writes there.</param>
public sealed record EngineHandle<TPort>(string Name, TPort Engine, EngineAttributes Attributes, EngineTelemetry Telemetry)
    where TPort : class;
