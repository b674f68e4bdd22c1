namespace Parley.Tutor.Scripting;

/// <summary>A place in an answer that takes a value from what was said.</summary>
public sealed record ScenarioSlot
{
    public SlotKind Kind { get; init; } = SlotKind.List;

    /// <summary>
    /// The values, each with other ways to say it after bars: <c>"latte|cafe latte"</c>. For a list these are all the values there are;
    /// for other kinds they are examples to offer.
    /// </summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>What the tutor says in its place when no value was heard: "that", "my friend".</summary>
    public required string Default { get; init; }
}
