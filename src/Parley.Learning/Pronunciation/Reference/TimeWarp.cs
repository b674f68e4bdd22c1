using Parley.Alignment;

namespace Parley.Learning.Pronunciation.Reference;

/// <summary>How one recording of a word must be stretched to go along another: dynamic time warping (H. Sakoe and S. Chiba, 1978).</summary>
/// <param name="Distortions">For each frame of the one, how far it is from those of the other that it goes with, in dB.</param>
/// <param name="Partners">And where in the other they lie, in frames of it, on average.</param>
/// <param name="Distortion">Mean over the path, in dB.</param>
/// <remarks>
/// Distances are mel-cepstral distortion: (10 / ln 10) √(2 Σ (c_d − c′_d)²), the root mean square distance of the two spectra (R. Kubichek, "Mel-cepstral distance measure for objective speech
/// quality assessment", IEEE Pacific Rim Conference on Communications, Computers and Signal Processing, 1993).
/// </remarks>
internal sealed record TimeWarp(float[] Distortions, float[] Partners, float Distortion)
{
    private static readonly float s_scale = (float)(10 * Math.Sqrt(2) / Math.Log(10));

    // No word lasts five seconds: what does is a pause that was taken for one.
    private const int MaxFrames = 500;

    /// <summary>The cheapest way along two stretches, from begin to begin to end to end.</summary>
    /// <returns>Null where one of them is empty, or endless.</returns>
    public static TimeWarp? Of(MelCepstra one, Stretch a, MelCepstra other, Stretch b)
    {
        a = a with { End = Math.Min(a.End, one.Frames) };
        b = b with { End = Math.Min(b.End, other.Frames) };
        if (a.Frames is < 1 or > MaxFrames || b.Frames is < 1 or > MaxFrames) { return null; }
        var (costs, total) = (new float[a.Frames, b.Frames], new float[a.Frames, b.Frames]);
        for (var i = 0; i < a.Frames; i++)
        {
            for (var j = 0; j < b.Frames; j++)
            {
                costs[i, j] = Distance(one[a.First + i], other[b.First + j]);
                total[i, j] = costs[i, j] + (i, j) switch
                {
                    (0, 0) => 0,
                    (0, _) => total[i, j - 1],
                    (_, 0) => total[i - 1, j],
                    _ => Math.Min(total[i - 1, j - 1], Math.Min(total[i - 1, j], total[i, j - 1])),
                };
            }
        }
        return Back(costs, total, b.First);
    }

    // The way back from the end.
    private static TimeWarp Back(float[,] costs, float[,] total, int first)
    {
        var (i, j, steps, sum) = (costs.GetLength(0) - 1, costs.GetLength(1) - 1, 0, 0f);
        var (distortions, partners, counts) = (new float[i + 1], new float[i + 1], new int[i + 1]);
        while (i >= 0 && j >= 0)
        {
            distortions[i] += costs[i, j];
            partners[i] += first + j;
            counts[i]++;
            (sum, steps) = (sum + costs[i, j], steps + 1);
            var (diagonal, up, left) = (i > 0 && j > 0 ? total[i - 1, j - 1] : float.PositiveInfinity, i > 0 ? total[i - 1, j] : float.PositiveInfinity, j > 0 ? total[i, j - 1] : float.PositiveInfinity);
            if (diagonal <= up && diagonal <= left) { (i, j) = (i - 1, j - 1); } else if (up <= left) { i--; } else { j--; }
        }
        for (var frame = 0; frame < counts.Length; frame++)
        {
            distortions[frame] /= counts[frame];
            partners[frame] /= counts[frame];
        }
        return new(distortions, partners, sum / steps);
    }

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var d = 0; d < a.Length; d++) { sum += (a[d] - b[d]) * (a[d] - b[d]); }
        return s_scale * MathF.Sqrt(sum);
    }
}

/// <summary>Frames of a recording.</summary>
/// <param name="First">The first.</param>
/// <param name="End">The one after the last.</param>
internal readonly record struct Stretch(int First, int End)
{
    public Stretch(AlignedWord word) : this(word.First, word.End)
    {
    }

    public int Frames => End - First;
}
