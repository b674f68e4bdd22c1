using Parley.Policy.Ranking;

namespace Parley.Policy;

/// <summary>The engines of a stage, as far as they can be spoken of without their port.</summary>
internal interface IEngineShelf
{
    /// <summary>The names of all its engines.</summary>
    IEnumerable<string> EngineNames { get; }

    /// <summary>What is known of each engine, in order of priority; it is probed, and nothing is created for it.</summary>
    IEnumerable<EngineDescription> Describe();

    /// <summary>The engines as the policy is asked about them; nothing is created for it.</summary>
    IReadOnlyList<PolicyCandidate> Candidates();
}
