namespace Parley.Experiments.Planning;

/// <summary>How many learners an experiment needs, and what it finds with them.</summary>
/// <param name="LearnersEach">Learners of each of two variants, by the formula for the normal distribution.</param>
/// <param name="Points">What simulations find with fewer and more.</param>
/// <param name="PeekingError">How often one finds a difference where there is none, if one looks so often with the plain test and stops at the first that seems to be one.</param>
/// <param name="SequentialError">The same with the test that may be looked at.</param>
public sealed record ExperimentPlan(int LearnersEach, IReadOnlyList<PlanPoint> Points, double PeekingError, double SequentialError);

/// <summary>What is found with so many learners.</summary>
/// <param name="LearnersEach">Learners of each variant.</param>
/// <param name="Power">How often Welch's test finds the difference, looked at once at the end.</param>
/// <param name="SequentialPower">How often the test that may be looked at finds it by then.</param>
/// <param name="StopsAt">After which share of its learners such an experiment is over, on average.</param>
public sealed record PlanPoint(int LearnersEach, double Power, double SequentialPower, double StopsAt);
