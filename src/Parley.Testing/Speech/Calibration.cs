namespace Parley.Testing.Speech;

/// <summary>Whether stated probabilities come true.</summary>
/// <param name="Bins">Five bins of 0.2: how many answers, their mean probability, and the share of them that was right.</param>
/// <param name="Auc">Area under the ROC curve: how often a right answer is stated as likelier than a wrong one.</param>
public sealed record Calibration(IReadOnlyList<(int Count, double Stated, double Right)> Bins, double Auc)
{
    /// <summary>Judges answers, each with the probability that was stated for it and whether it was right.</summary>
    public static Calibration Of(IReadOnlyCollection<(double Stated, bool Right)> answers)
    {
        var bins = Enumerable.Range(0, 5).Select(bin => answers.Where(answer => Math.Min(4, (int)(answer.Stated * 5)) == bin).ToArray())
            .Select(bin => (bin.Length, bin.Select(answer => answer.Stated).DefaultIfEmpty().Average(), bin.Select(answer => answer.Right ? 1.0 : 0).DefaultIfEmpty().Average()));
        var right = answers.Where(answer => answer.Right).Select(answer => answer.Stated).ToArray();
        var wrong = answers.Where(answer => !answer.Right).Select(answer => answer.Stated).ToArray();
        var wins = right.Sum(yes => wrong.Sum(no => yes > no ? 1 : yes == no ? 0.5 : 0));
        return new([.. bins], wins / Math.Max(1.0, (double)right.Length * wrong.Length));
    }

    /// <summary>The lowest probability from which on at least <paramref name="share"/> of the answers are right, and how many of them there are.</summary>
    public static (double Threshold, int Count) ThresholdFor(IReadOnlyCollection<(double Stated, bool Right)> answers, double share)
    {
        var best = (1.0, 0);
        var (count, right) = (0, 0);
        foreach (var (stated, isRight) in answers.OrderByDescending(answer => answer.Stated))
        {
            (count, right) = (count + 1, right + (isRight ? 1 : 0));
            if (right >= share * count) { best = (stated, count); }
        }
        return best;
    }
}
