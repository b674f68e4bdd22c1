namespace Parley.Tutor.Scripting;

/// <summary>A question of the learner that may come at any time.</summary>
public sealed record SideQuestion
{
    /// <summary>Phrases that give it away; all words of a phrase must be heard.</summary>
    public required IReadOnlyList<string> Keywords { get; init; }

    /// <summary>Wordings of the answer.</summary>
    public required IReadOnlyList<string> Reply { get; init; }
}
