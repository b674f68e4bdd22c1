namespace Parley.Learning.Review;

/// <summary>The formulas of FSRS-6 with its default parameters: how stability and difficulty follow from ratings, and remembering from both.</summary>
/// <remarks>Source: open-spaced-repetition, "The FSRS algorithm", version 6; the parameters were fitted there to 700 million reviews.</remarks>
internal static class FsrsModel
{
    private const double LeastStability = 0.001;

    // w0 … w20 in the source's numbering.
    private static readonly double[] s_w =
    [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
        1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ];

    private static readonly double s_decay = -s_w[20];

    // Chosen such that after as many days as the stability says, 0.9 is left.
    private static readonly double s_factor = Math.Pow(0.9, 1 / s_decay) - 1;

    /// <summary>The probability of remembering, after whole days.</summary>
    public static double Retrievability(double stability, int days) => Math.Pow(1 + s_factor * days / stability, s_decay);

    /// <summary>The days after which the probability of remembering has fallen to <paramref name="retention"/>.</summary>
    public static double Interval(double stability, double retention) => stability / s_factor * (Math.Pow(retention, 1 / s_decay) - 1);

    /// <summary>Stability after the first review.</summary>
    public static double FirstStability(Rating rating) => s_w[(int)rating - 1];

    /// <summary>Difficulty after the first review.</summary>
    public static double FirstDifficulty(Rating rating) => Bound(UnboundDifficulty(rating));

    /// <summary>Difficulty after another one.</summary>
    public static double NextDifficulty(double difficulty, Rating rating)
    {
        // The harder an item is, the less a rating moves it; and all return a little to where easy ones begin.
        var moved = difficulty - s_w[6] * (rating - Rating.Good) * (10 - difficulty) / 9;
        return Bound(s_w[7] * UnboundDifficulty(Rating.Easy) + (1 - s_w[7]) * moved);
    }

    /// <summary>Stability after another review on the same day.</summary>
    public static double SameDayStability(double stability, Rating rating)
    {
        var growth = Math.Exp(s_w[17] * (rating - Rating.Good + s_w[18])) * Math.Pow(stability, -s_w[19]);
        return Math.Max(LeastStability, stability * (rating >= Rating.Good ? Math.Max(1, growth) : growth));
    }

    /// <summary>Stability after a review on a later day.</summary>
    /// <param name="stability">Before it.</param>
    /// <param name="difficulty">Before it.</param>
    /// <param name="retrievability">The probability with which it was remembered then.</param>
    /// <param name="rating">Whether it was.</param>
    public static double NextStability(double stability, double difficulty, double retrievability, Rating rating) =>
        Math.Max(LeastStability, rating == Rating.Again ? Forgotten(stability, difficulty, retrievability) : Recalled(stability, difficulty, retrievability, rating));

    private static double Recalled(double stability, double difficulty, double retrievability, Rating rating)
    {
        var growth = Math.Exp(s_w[8]) * (11 - difficulty) * Math.Pow(stability, -s_w[9]) * (Math.Exp((1 - retrievability) * s_w[10]) - 1);
        return stability * (1 + growth * rating switch { Rating.Hard => s_w[15], Rating.Easy => s_w[16], _ => 1 });
    }

    private static double Forgotten(double stability, double difficulty, double retrievability) => Math.Min(
        s_w[11] * Math.Pow(difficulty, -s_w[12]) * (Math.Pow(stability + 1, s_w[13]) - 1) * Math.Exp((1 - retrievability) * s_w[14]),
        stability / Math.Exp(s_w[17] * s_w[18]));

    private static double UnboundDifficulty(Rating rating) => s_w[4] - Math.Exp(s_w[5] * ((int)rating - 1)) + 1;

    private static double Bound(double difficulty) => Math.Clamp(difficulty, 1, 10);
}
