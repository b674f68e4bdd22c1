namespace Parley.Policy.Ranking;

/// <summary>The parts of an engine's score, each 0 (bad) to 1 (good), and their weighted mean.</summary>
/// <param name="Latency">How soon its first result is expected: 1 at once, one half at a quarter of the stage's budget.</param>
/// <param name="Cost">What it costs: 1 nothing, one half at 1 US cent a minute.</param>
/// <param name="Accuracy">How good its results are.</param>
/// <param name="Load">The share of its capacity that is free, times the share of calls that succeed.</param>
/// <param name="Privacy">How far what is said stays with the learner.</param>
/// <param name="Preference">Its place in the operator's order: 1 the first, 0 the last, 1 for all if there is no order.</param>
/// <param name="Total">The mean by the weights.</param>
public sealed record PolicyScore(double Latency, double Cost, double Accuracy, double Load, double Privacy, double Preference, double Total);
