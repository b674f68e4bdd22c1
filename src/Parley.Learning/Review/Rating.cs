namespace Parley.Learning.Review;

/// <summary>How well a learner remembered an item. The numbers are those of FSRS's formulas.</summary>
public enum Rating
{
    /// <summary>Wrong, or not said.</summary>
    Again = 1,

    /// <summary>Right after hesitating, or at the second try.</summary>
    Hard = 2,

    Good = 3,

    /// <summary>Right, quick and clean.</summary>
    Easy = 4,
}
