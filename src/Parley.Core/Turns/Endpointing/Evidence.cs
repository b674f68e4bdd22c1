namespace Parley.Turns.Endpointing;

/// <summary>One piece of evidence on whether a turn is over.</summary>
/// <param name="Name">What it rests on, for people; never what was said.</param>
/// <param name="LogOdds">Above 0 it speaks for the end, below 0 against it: natural logarithm of a ratio of probabilities.</param>
public readonly record struct Evidence(string Name, double LogOdds);
