namespace Parley.Tutor.Scripting;

/// <summary>A practice conversation as a teacher writes it; docs/scenarios.md describes the file.</summary>
public sealed record Scenario
{
    /// <summary>The name that a session's configuration uses; the file's name without its ending.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Whom the tutor plays: "the barista".</summary>
    public required string Role { get; init; }

    /// <summary>Lowest and highest CEFR level that it suits, A1 to C2; a learner's level outside is taken as the nearest within.</summary>
    public required IReadOnlyList<string> Levels { get; init; }

    /// <summary>Wordings of the greeting, spoken before the first question.</summary>
    public required IReadOnlyList<string> Opening { get; init; }

    /// <summary>The node of the first question.</summary>
    public required string Start { get; init; }

    /// <summary>What the learner practises: name → verb phrase that completes "You managed to …".</summary>
    public IReadOnlyDictionary<string, string> Goals { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>Words worth knowing → what they mean, in simple words.</summary>
    public IReadOnlyDictionary<string, string> Vocabulary { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, ScenarioSlot> Slots { get; init => field = value ?? new Dictionary<string, ScenarioSlot>(); } = new Dictionary<string, ScenarioSlot>();

    /// <summary>Questions that the learner may put at any time; they are answered, then the open question is asked again.</summary>
    public IReadOnlyList<SideQuestion> Questions { get; init => field = value ?? []; } = [];

    public required IReadOnlyDictionary<string, ScenarioNode> Nodes { get; init; }

    /// <summary>Whether it is free talk: what fits no answer is no failure, and words may lead to another node by its keywords.</summary>
    public bool Open { get; init; }
}
