namespace Parley.Tutor.Scripting;

/// <summary>A point of the conversation: one question of the tutor and the answers that lead on; without answers, a closing.</summary>
public sealed record ScenarioNode
{
    /// <summary>Wordings of the question, of equal meaning.</summary>
    public required IReadOnlyList<string> Say { get; init; }

    /// <summary>An easier wording, for levels A1 and A2 and for a learner who is stuck.</summary>
    public string? Simple { get; init; }

    /// <summary>Help for a learner who is stuck: what to think of, not the answer itself.</summary>
    public string? Hint { get; init; }

    /// <summary>Two to four answers; none in a closing.</summary>
    public IReadOnlyList<ScenarioAnswer> Answers { get; init => field = value ?? []; } = [];

    /// <summary>Ends the conversation.</summary>
    public bool Closing { get; init; }

    /// <summary>How the face looks while asking; see <see cref="Replies.EmotionContent"/>.</summary>
    public string Emotion { get; init => field = value ?? "neutral"; } = "neutral";

    /// <summary>In open talk: words that lead here from anywhere.</summary>
    public IReadOnlyList<string> Keywords { get; init => field = value ?? []; } = [];
}
