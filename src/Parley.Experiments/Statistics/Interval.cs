namespace Parley.Experiments.Statistics;

/// <summary>Where a value lies, as far as the data tell.</summary>
public readonly record struct Interval(double Low, double High);
