namespace Parley.Turns.Endpointing;

/// <summary>How long a speaker pauses in the middle of a turn.</summary>
/// <param name="Count">Pauses that were heard.</param>
/// <param name="UpperFifth">Four of five are shorter; zero before any.</param>
public readonly record struct PauseStatistics(int Count, TimeSpan UpperFifth);
