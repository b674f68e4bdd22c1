namespace Parley.Learning.Pronunciation.Training;

/// <summary>A reading as a model scores it that has not seen its speaker.</summary>
public sealed class HeldOutReading
{
    internal HeldOutReading(ScoredReading reading, PronunciationModel model)
    {
        (Reading, Guess) = (reading, model.Score(reading.Reading));
        Fault = TextMatch.Fault(reading.Reading, Guess);
        if (reading.Disturbed is { } disturbed)
        {
            var other = model.Score(disturbed);
            (SaidDisturbed, RefusedDisturbed) = (other.Said, TextMatch.Fault(disturbed, other) is not null || !TextMatch.IsPlain(other));
        }
        Assessment = AssessmentBuilder.Build(reading.Reading, Guess, model);
    }

    internal ScoredReading Reading { get; }

    internal Guess Guess { get; }

    /// <summary>Whether the words of the disturbed text were said, as the model guesses.</summary>
    internal IReadOnlyList<float> SaidDisturbed { get; } = [];

    /// <summary>Whether the disturbed text would be refused, or doubted.</summary>
    internal bool RefusedDisturbed { get; }

    /// <summary>Why the recording would not be scored; null: it would.</summary>
    public string? Fault { get; }

    /// <summary>The recording's id.</summary>
    public string Id => Reading.Scores.Id;

    /// <summary>What a learner would be told.</summary>
    public Assessment Assessment { get; }
}
