using Parley.Tutor.Scripting;

namespace Parley.Tutor.Dialogue;

/// <summary>A CEFR level, A1 = 0 to C2 = 5, as far as it changes what the tutor says.</summary>
internal readonly record struct LearnerLevel(int Value)
{
    private static readonly string[] s_names = ["A1", "A2", "B1", "B2", "C1", "C2"];

    /// <summary>A1 and A2 get the easier questions.</summary>
    public bool IsBasic => Value <= 1;

    /// <summary>The learner's level, or the default where none is known, moved into the scenario's range.</summary>
    public static LearnerLevel Of(string? level, string defaultLevel, Scenario scenario) =>
        new(Math.Clamp(Find(level) ?? Find(defaultLevel) ?? 2, Find(scenario.Levels[0]) ?? 0, Find(scenario.Levels[1]) ?? 5));

    /// <summary>Of wordings from simple to rich, the one for this level.</summary>
    public string Choose(IReadOnlyList<string> fromSimpleToRich) => fromSimpleToRich[Value / 2 * (fromSimpleToRich.Count - 1) / 2];

    private static int? Find(string? level) =>
        Array.FindIndex(s_names, n => n.Equals(level, StringComparison.OrdinalIgnoreCase)) is var i and >= 0 ? i : null;
}
