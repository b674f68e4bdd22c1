namespace Parley.Turns.Endpointing;

/// <summary>The evidence that was fitted to recordings, as numbers: of one signal each, 0 where it is unknown or as usual.</summary>
public static class EndpointFeatures
{
    /// <summary>The names, in the order of <see cref="Write"/>.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["pitch slope", "voicing", "level", "open ending", "few words", "brief"];

    /// <summary>How many there are.</summary>
    public const int Count = 6;

    // Usual values, so that a signal that is missing neither helps nor harms.
    private const double UsualVoicing = 0.25, UsualLevel = -3;
    private const int EnoughWords = 4;
    private const double BriefSeconds = 1.5, AnswersAreShort = 0.5;

    /// <summary>Measures the signals.</summary>
    /// <param name="signals">What is known.</param>
    /// <param name="partial">Its partial text, read.</param>
    /// <param name="features">Takes one number for each of <see cref="Names"/>.</param>
    public static void Write(in TurnSignals signals, in PartialText partial, Span<double> features)
    {
        features.Clear();
        if (signals.Prosody is { } prosody)
        {
            (features[0], features[1], features[2]) = (prosody.PitchSlope, prosody.Voicing - UsualVoicing, prosody.Level - UsualLevel);
        }
        // Short as they are, these are all that is to come.
        if (partial.IsShortAnswer || signals.Answer is AnswerMatch.Whole or AnswerMatch.NearlyWhole) { return; }
        features[3] = Openness(partial.Ending);
        var expected = signals.WasAsked ? AnswersAreShort : 1;
        // No text at all says less of the speaker than of a recogniser that has not got to it.
        features[4] = partial.WordCount == 0 ? 0 : Math.Max(0, EnoughWords - partial.WordCount) * expected;
        features[5] = Math.Max(0, BriefSeconds - signals.Speech.TotalSeconds) * expected;
    }

    // Prepositions end sentences now and then: "come in", "look at".
    private static double Openness(WordKind ending) => ending switch
    {
        WordKind.Determiner or WordKind.Conjunction or WordKind.Subordinator or WordKind.Auxiliary => 1,
        WordKind.Preposition or WordKind.Subject or WordKind.Question => 0.6,
        _ => 0,
    };
}
