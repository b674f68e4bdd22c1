using Parley.Alignment;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>A phone of a reading, and what its sound says of it.</summary>
internal sealed class SpokenPhone
{
    // What a frame can say against a phone is bounded, or one frame on a border would decide.
    private const float Floor = -12;

    public SpokenPhone(int word, int place, int of, AlignedPhone at, PhoneAlignment alignment)
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

    /// <summary>Natural logarithm of its length in frames.</summary>
    public float LogLength => MathF.Log(At.Frames);
}
