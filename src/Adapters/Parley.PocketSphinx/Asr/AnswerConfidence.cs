namespace Parley.PocketSphinx.Asr;

/// <summary>How likely it is that the offered answer that scored best was said.</summary>
internal static class AnswerConfidence
{
    /// <summary>The best score a frame may lead the runner-up's by; more says no more.</summary>
    private const double MaxMargin = 2.0;

    // Fitted by AnswerConfidenceTraining (an explicit test) with every second of the 125 speakers of the corpus speechocean762 (training half):
    // four texts of a speaker, with and without the one that was said. On the 778 trials of the others: area under the ROC curve 0.99.
    private static readonly Logistic s_answer = new(8.961, [0.747, 2.014, 0.652, 0.992, 1.968]);

    // Like trials, word by word, fitted by a throw-away script with the same method (4 828 words; on 4 736 of the others: area 0.967).
    private static readonly Logistic s_word = new(1.418, [0.625, 0.213]);

    /// <summary>The features of the model, in nats a frame but for the last.</summary>
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
        ];
    }

    public static double Of(Decoding best, Decoding rival) => s_answer.Of(Features(best, rival));

    /// <summary>Probability that a word of the answer was said, from the answer's own and from how well the word fits.</summary>
    public static double OfWord(ReadOnlySpan<Segment> said, double answer)
    {
        var (score, frames) = (0.0, 0);
        foreach (var part in said) { (score, frames) = (score + part.Acoustic, frames + part.Frames); }
        return s_word.Of(Math.Clamp(Math.Log(answer / (1 - answer)), -6, 6), score / frames);
    }
}
