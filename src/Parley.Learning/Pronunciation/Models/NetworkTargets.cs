namespace Parley.Learning.Pronunciation.Models;

/// <summary>What a network should guess of one reading, each score at mean 0 and deviation 1.</summary>
/// <param name="Phones">Of each phone; NaN where it is not known.</param>
/// <param name="Words">Of each word.</param>
/// <param name="Whole">Of the whole.</param>
internal sealed record NetworkTargets(float[] Phones, float[][] Words, float[] Whole)
{
    // Few words are worse, and by how much says little of the others: their squares would outweigh all.
    private const float WorstWord = 7, PerfectWord = 10;

    /// <summary>Mean and deviation of the scores: of a phone's, a word's, and those of the whole.</summary>
    public static Standardiser ScaleOf(IReadOnlyList<NetworkScores> scores)
    {
        var (phone, word) = (Of(scores.SelectMany(s => s.Phones).OfType<float>()), Of(scores.SelectMany(s => s.Words)));
        var whole = Standardiser.Of([.. scores.Select(s => s.Whole.ToArray())]);
        return new([phone.Means[0], word.Means[0], .. whole.Means], [phone.Scales[0], word.Scales[0], .. whole.Scales]);
    }

    /// <summary>The targets of each reading.</summary>
    public static NetworkTargets[] Of(IReadOnlyList<NetworkScores> scores, Standardiser scale)
    {
        var words = Standardiser.Of([.. scores.SelectMany(s => s.Words).Select(Told)]);
        return [.. scores.Select(s => new NetworkTargets(
            [.. s.Phones.Select(p => p is { } known ? (known - scale.Means[0]) / scale.Scales[0] : float.NaN)],
            [.. s.Words.Select(w => (float[])[.. Told(w).Select((value, k) => (value - words.Means[k]) / words.Scales[k])])],
            [.. s.Whole.Select((value, level) => (value - scale.Means[2 + level]) / scale.Scales[2 + level])]))];
    }

    private static float[] Told(float accuracy) => [Math.Max(accuracy, WorstWord), accuracy >= PerfectWord ? 1 : 0, accuracy < WorstWord ? 1 : 0];

    private static Standardiser Of(IEnumerable<float> values) => Standardiser.Of([.. values.DefaultIfEmpty(0).Select(value => new[] { value })]);
}
