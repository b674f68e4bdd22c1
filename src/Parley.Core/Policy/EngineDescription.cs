using Parley.Diagnostics;
using Parley.Resilience;

namespace Parley.Policy;

/// <summary>One engine as the process knows it now.</summary>
/// <param name="Stage">The stage that it serves.</param>
/// <param name="Name">The name that configuration uses.</param>
/// <param name="Available">Whether its probe finds all that it needs.</param>
/// <param name="Attributes">What is known of it.</param>
/// <param name="Readings">What was measured of it; null: it was not created yet.</param>
public sealed record EngineDescription(VoiceStage Stage, string Name, bool Available, EngineAttributes Attributes, EngineReadings? Readings)
{
    /// <summary>What its probe said; null: it was not asked, for the engine runs.</summary>
    public EngineStatus? Status { get; init; }
}
