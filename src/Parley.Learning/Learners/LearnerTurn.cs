namespace Parley.Learning.Learners;

/// <summary>One turn of a learner, with what was found in it.</summary>
/// <param name="LearnerId">Whose it is.</param>
/// <param name="SessionId">The conversation.</param>
/// <param name="TurnId">The turn in it.</param>
/// <param name="At">When it ended.</param>
/// <param name="Text">What was said or typed.</param>
public sealed record LearnerTurn(string LearnerId, string SessionId, string TurnId, DateTimeOffset At, string Text)
{
    /// <summary>How long it was spoken, from its first to its last word; zero where it was typed.</summary>
    public TimeSpan Speech { get; init; }

    /// <summary>What the pronunciation was given; null where it was not, or could not be, judged.</summary>
    public TurnScores? Scores { get; init; }

    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];

    /// <summary>The words, in their base forms, in their order.</summary>
    public IReadOnlyList<WordUse> Words { get; init; } = [];

    /// <summary>The sounds, in their order; none where the pronunciation was not judged.</summary>
    public IReadOnlyList<PhoneUse> Phones { get; init; } = [];
}

/// <summary>Scores from 0 to 100.</summary>
public sealed record TurnScores(double Total, double Accuracy, double Fluency, double Prosody);

/// <summary>A word as it was used.</summary>
/// <param name="Lemma">Its base form, in small letters.</param>
/// <param name="Accuracy">How well it was pronounced, 0 to 100; null where that was not judged.</param>
/// <param name="IsRight">Whether no correction touches it.</param>
public sealed record WordUse(string Lemma, double? Accuracy = null, bool IsRight = true);

/// <summary>A sound as it was made.</summary>
/// <param name="Phone">In ARPAbet, without stress.</param>
/// <param name="Score">0 to 100.</param>
public readonly record struct PhoneUse(string Phone, double Score);
