namespace Parley.Learning.Pronunciation.Training;

/// <summary>A reading as a model scores it that has not seen its speaker.</summary>
public sealed class HeldOutReading
{
    internal HeldOutReading(ScoredReading reading, PronunciationModel model)
    {
        (Reading, Guess) = (reading, model.Score(reading.Reading));
        SaidDisturbed = reading.Disturbed is null ? [] : model.Score(reading.Disturbed).Said;
        Assessment = AssessmentBuilder.Build(reading.Reading, Guess, model);
    }

    internal ScoredReading Reading { get; }

    internal Guess Guess { get; }

    /// <summary>Whether the words of the disturbed text were said, as the model guesses.</summary>
    internal IReadOnlyList<float> SaidDisturbed { get; }

    /// <summary>The recording's id.</summary>
    public string Id => Reading.Scores.Id;

    /// <summary>What a learner would be told.</summary>
    public Assessment Assessment { get; }
}
