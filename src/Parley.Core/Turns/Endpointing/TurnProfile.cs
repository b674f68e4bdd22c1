namespace Parley.Turns.Endpointing;

/// <summary>How much silence a degree of certainty is worth.</summary>
/// <param name="Name">For the reasons.</param>
/// <param name="Shortest">The silence that ends a turn when everything says that it is over.</param>
/// <param name="Longest">The silence that ends a turn whatever speaks against it.</param>
/// <param name="Threshold">The log-odds from which on the shortest silence is enough.</param>
/// <param name="PerNat">The silence to wait longer for each unit of log-odds below it.</param>
public readonly record struct TurnProfile(string Name, TimeSpan Shortest, TimeSpan Longest, double Threshold, TimeSpan PerNat)
{
    /// <summary>The silence after which a turn ends that is over with these log-odds.</summary>
    public TimeSpan RequiredSilence(double logOdds)
    {
        var missing = Math.Clamp(Threshold - logOdds, 0, 100);
        var required = Shortest + (PerNat * missing);
        return required < Longest ? required : Longest > Shortest ? Longest : Shortest;
    }
}
