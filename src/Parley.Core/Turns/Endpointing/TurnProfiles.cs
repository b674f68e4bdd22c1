namespace Parley.Turns.Endpointing;

/// <summary>The three profiles, with the silences that are configured.</summary>
public static class TurnProfiles
{
    // Chosen from the curve that the endpoint benchmark draws: docs/decisions/0005-endpoints.md.
    public static TurnProfile Quick(TurnOptions options) =>
        new("quick", options.QuickSilence, options.QuickLimit, Threshold: 0.25, TimeSpan.FromSeconds(2));

    public static TurnProfile Normal(TurnOptions options) =>
        new("normal", options.NormalSilence, options.NormalLimit, Threshold: 0.85, TimeSpan.FromSeconds(4));

    public static TurnProfile Learner(TurnOptions options) =>
        new("learner", options.LearnerSilence, options.LearnerLimit, Threshold: 2, TimeSpan.FromMilliseconds(600));
}
