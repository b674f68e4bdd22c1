namespace Parley.Learning.Levels;

/// <summary>What one kind of evidence says of a level.</summary>
/// <param name="Name"><c>vocabulary</c>, <c>grammar</c>, <c>pace</c>, <c>fluency</c> or <c>variety</c>.</param>
/// <param name="Measure">What was measured, in the unit of its kind.</param>
/// <param name="Score">0 (the begin of A1) to 6 (the end of C2).</param>
/// <param name="Deviation">How far that may be off, as a standard deviation: the less was said, the more.</param>
public sealed record LevelIndicator(string Name, double Measure, double Score, double Deviation);
