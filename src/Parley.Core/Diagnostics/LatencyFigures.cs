namespace Parley.Diagnostics;

/// <summary>What many durations come to, in seconds; all are 0 where there are none.</summary>
public readonly record struct LatencyFigures(long Count, double Avg, double Min, double Max, double P50, double P95);
