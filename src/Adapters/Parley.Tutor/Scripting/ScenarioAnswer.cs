namespace Parley.Tutor.Scripting;

/// <summary>An answer offered to the learner, and where it leads.</summary>
public sealed record ScenarioAnswer
{
    /// <summary><see cref="To"/> in open talk: the next topic not yet talked about, else the closing.</summary>
    public const string NextTopic = "*";

    /// <summary>Wordings from simple to rich: the learner's level decides which is offered; all are understood. <c>{slot}</c> takes a value.</summary>
    public required IReadOnlyList<string> Say { get; init; }

    /// <summary>The node that it leads to.</summary>
    public required string To { get; init; }

    /// <summary>Wordings of the tutor's reaction before the next question; may be empty.</summary>
    public IReadOnlyList<string> Reply { get; init => field = value ?? []; } = [];

    /// <summary>The answer in good English and the second person, given back after "Ah, " when the learner put it differently.</summary>
    public string? Recast { get; init; }

    /// <summary>Words or phrases that give the intent away; all words of a phrase must be heard.</summary>
    public IReadOnlyList<string> Keywords { get; init => field = value ?? []; } = [];

    /// <summary>"yes" or "no" where a bare yes or no means this answer.</summary>
    public string? Means { get; init; }

    /// <summary>The goal that is reached by it.</summary>
    public string? Goal { get; init; }

    /// <summary>How the face reacts; null leaves it to the next node.</summary>
    public string? Emotion { get; init; }
}
