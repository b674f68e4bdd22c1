namespace Parley.PocketSphinx.Asr;

/// <summary>How likely it is that the offered answer that scored best was said.</summary>
internal static class AnswerConfidence
{
    /// <summary>The best score a frame may lead the runner-up's by; more says no more.</summary>
    private const double MaxMargin = 2.0;

    // MODEL
    private static readonly Logistic s_answer = new(0, [0, 0, 0, 0, 0, 0]);

    /// <summary>The features of the model, in nats a frame but for the last two.</summary>
    /// <param name="best">The best path through the grammar.</param>
    /// <param name="rival">The best path through the grammar without that answer; empty if there is none.</param>
    internal static double[] Features(Decoding best, Decoding rival)
    {
        var spoken = (double)best.Words.Sum(word => word.Frames);
        return
        [
            rival.IsEmpty ? MaxMargin : Math.Min(MaxMargin, (best.Score - rival.Score) / spoken),
            best.Score / best.Frames,
            best.Words.Min(word => word.Acoustic / word.Frames),
            best.Words.Sum(word => word.Acoustic) / spoken,
            Math.Log(best.Words.Count),
            spoken / best.Words.Count / 10,
        ];
    }

    public static double Of(Decoding best, Decoding rival) => s_answer.Of(Features(best, rival));

    /// <summary>A word's share of the answer's probability: less where it fits worse than learners' right words do.</summary>
    public static double OfWord(ReadOnlySpan<Segment> said, double answer) => answer;
}
