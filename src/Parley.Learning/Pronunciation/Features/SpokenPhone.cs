using Parley.Alignment;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>A phone of a reading, and what its sound says of it.</summary>
internal sealed class SpokenPhone
{
    // What a frame can say against a phone is bounded, or one frame on a border would decide.
    private const float Floor = -12;

    // Neighbouring frames say the same, so the likelihood of a stretch says too much: it counts as that of fewer frames.
    private const float OfRoot = 0.3f, OfAll = 0.1f, OfMean = 0.6f;

    /// <param name="word">The place of its word in the text.</param>
    /// <param name="place">Its place in the word.</param>
    /// <param name="of">Phones of the word.</param>
    /// <param name="at">Which phone, and where.</param>
    /// <param name="alignment">The alignment that it is of.</param>
    /// <param name="index">Its place among the phones of the alignment.</param>
    public SpokenPhone(int word, int place, int of, AlignedPhone at, PhoneAlignment alignment, int index)
    {
        (Word, Place, Of, At, Evidence) = (word, place, of, at, alignment.Evidence(at));
        var (best, first) = (float.NegativeInfinity, 0);
        for (var frame = at.First; frame < at.End; frame++)
        {
            var values = alignment.LogPosteriors(frame);
            var own = values[at.Phone];
            Probability += MathF.Exp(own) / at.Frames;
            Bounded += Math.Max(own, Floor) / at.Frames;
            best = Math.Max(best, own);
            var isFirst = true;
            foreach (var other in values) { isFirst &= other <= own; }
            if (isFirst) { first++; }
        }
        (Best, FirstShare) = (best, (float)first / at.Frames);
        var third = Math.Max(1, at.Frames / 3);
        (Begin, End) = (BoundedMean(at.First, at.First + third), BoundedMean(at.End - third, at.End));
        Middle = BoundedMean(Math.Min(at.First + third, at.End - 1), Math.Max(at.End - third, Math.Min(at.First + third, at.End - 1) + 1));
        Rank = Enumerable.Range(0, Phones.Count).Count(other => Evidence.Means[other] > Evidence.Lpp);
        var likelihoods = alignment.Likelihoods(index);
        InContext = LogShares(likelihoods, OfRoot / MathF.Sqrt(at.Frames));
        Fit = InContext[at.Phone];
        Measures =
        [
            Bounded, Math.Max(Floor, Evidence.Gop), Math.Clamp(Evidence.Margin, Floor, -Floor), LogLength,
            Math.Max(Floor, Fit), Math.Max(Floor, LogShares(likelihoods, OfAll)[at.Phone]), Math.Max(Floor, LogShares(likelihoods, OfMean / at.Frames)[at.Phone]),
            Math.Clamp(Fit - InContext.Where((_, other) => other != at.Phone).Max(), Floor, -Floor), -InContext.Sum(share => share * MathF.Exp(share)),
        ];

        float BoundedMean(int from, int to)
        {
            var sum = 0f;
            for (var frame = from; frame < to; frame++) { sum += Math.Max(alignment.LogPosteriors(frame)[at.Phone], Floor); }
            return sum / (to - from);
        }
    }

    /// <summary>The place of its word in the text.</summary>
    public int Word { get; }

    /// <summary>Its place in the word.</summary>
    public int Place { get; }

    /// <summary>Phones of the word.</summary>
    public int Of { get; }

    /// <summary>Which phone, and where.</summary>
    public AlignedPhone At { get; }

    public PhoneEvidence Evidence { get; }

    /// <summary>Mean posterior.</summary>
    public float Probability { get; }

    /// <summary>Mean log posterior, no frame below a floor.</summary>
    public float Bounded { get; }

    /// <summary>The same of its first, middle and last third.</summary>
    public float Begin { get; }

    public float Middle { get; }

    public float End { get; }

    /// <summary>The best log posterior of a frame.</summary>
    public float Best { get; }

    /// <summary>The share of its frames in which no other phone is likelier.</summary>
    public float FirstShare { get; }

    /// <summary>How many phones fit better.</summary>
    public int Rank { get; }

    /// <summary>For each phone the natural logarithm of its share in what may have been said here, between these neighbours.</summary>
    public float[] InContext { get; }

    /// <summary>That of the expected phone.</summary>
    public float Fit { get; }

    /// <summary>What is compared with well-spoken phones, in the order of <see cref="Measure"/>.</summary>
    public float[] Measures { get; }

    /// <summary>Natural logarithm of its length in frames.</summary>
    public float LogLength => MathF.Log(At.Frames);

    private static float[] LogShares(ReadOnlySpan<float> likelihoods, float scale)
    {
        var (best, sum) = (float.NegativeInfinity, 0f);
        foreach (var value in likelihoods) { best = Math.Max(best, value * scale); }
        foreach (var value in likelihoods) { sum += MathF.Exp((value * scale) - best); }
        var shares = new float[likelihoods.Length];
        for (var i = 0; i < shares.Length; i++) { shares[i] = (likelihoods[i] * scale) - best - MathF.Log(sum); }
        return shares;
    }
}
