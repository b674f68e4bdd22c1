namespace Parley.Policy.Tuning;

/// <summary>A step of the weights.</summary>
/// <param name="Before">The weights before it.</param>
/// <param name="After">The weights after it.</param>
/// <param name="Reason">The measurement that led to it, in a sentence.</param>
/// <param name="Slowness">The worst p95 of an engine in use as a share of its stage's budget, when it was made.</param>
/// <param name="Failures">The worst failure rate of an engine in use, when it was made.</param>
public sealed record WeightChange(PolicyWeights Before, PolicyWeights After, string Reason, double Slowness, double Failures);
