using Parley.Learning.Grammar.Rules;
using Parley.Learning.Learners;
using Parley.Transports.Protocol;

namespace Parley.Learning.Levels;

/// <summary>The level of the CEFR at which a learner probably speaks, with its uncertainty.</summary>
/// <remarks>
/// An estimate for practice, no examination. Vocabulary, mistakes by the level of their rule, pace, fluency and lexical variety each say something, and how far that may be off; together with
/// where learners usually stand, or the level that was set, they are averaged by their precision. So little evidence says little: the estimate stays near the usual, and its range is wide.
/// The scales between measures and levels are set by hand, after what is published of learners' speech.
/// </remarks>
/// <param name="Level">The likeliest level.</param>
/// <param name="Score">0 (the begin of A1) to 6 (the end of C2).</param>
/// <param name="From">With a probability of 0.8 the level is this or higher, and</param>
/// <param name="To">this or lower.</param>
/// <param name="Indicators">What it follows from.</param>
public sealed record LevelEstimate(CefrLevel Level, double Score, CefrLevel From, CefrLevel To, IReadOnlyList<LevelIndicator> Indicators)
{
    private const double Top = 6, UsualScore = 2.5, UsualDeviation = 1.5, SetDeviation = 0.8;

    /// <summary>Of the standard deviation, for a range that holds four in five.</summary>
    private const double Range80 = 1.2816;

    /// <summary>What the evidence of one kind is worth at best: no measure knows a level better.</summary>
    private const double BestDeviation = 0.9;

    /// <summary>Words by which half of the best certainty is reached.</summary>
    private const double ManyWords = 200;

    // Measures at the bounds of the levels: 0 is the begin of A1, 1 that of A2, and so on to the end of C2.
    private static readonly double[] s_rareWords = [0, 0.06, 0.12, 0.19, 0.27, 0.35, 0.45],
        s_mistakes = [25, 15, 10, 6, 3.5, 2, 0.5],
        s_pace = [20, 50, 75, 100, 125, 150, 180],
        s_fluency = [20, 40, 50, 60, 70, 80, 95],
        s_variety = [15, 25, 35, 48, 62, 78, 100];

    private static readonly Dictionary<string, CefrLevel> s_ruleLevels = RuleBook.All.DistinctBy(r => r.Name).ToDictionary(r => r.Name, r => Enum.Parse<CefrLevel>(r.Level));

    /// <summary>Estimates it.</summary>
    /// <param name="learner">The level that was set counts too.</param>
    /// <param name="turns">In any order.</param>
    /// <param name="mistakes">Theirs.</param>
    /// <param name="words">Theirs.</param>
    /// <param name="bands">The levels of words; null: they are not known here.</param>
    /// <returns>The estimate; null where nothing was said and no level was set.</returns>
    public static LevelEstimate? Of(
        Learner learner, IReadOnlyList<LearnerTurn> turns, IReadOnlyList<Mistake> mistakes, IReadOnlyList<WordRecord> words, VocabularyBands? bands)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(turns);
        LevelIndicator[] indicators = [.. new[] { Vocabulary(words, bands), Grammar(turns, mistakes), Pace(turns), Fluency(turns), Variety(turns) }.OfType<LevelIndicator>()];
        if (indicators.Length == 0 && learner.Level is null) { return null; }
        var (prior, deviation) = learner.Level is { } set ? ((int)set + 0.5, SetDeviation) : (UsualScore, UsualDeviation);
        var weights = 1 / (deviation * deviation) + indicators.Sum(i => 1 / (i.Deviation * i.Deviation));
        var score = (prior / (deviation * deviation) + indicators.Sum(i => i.Score / (i.Deviation * i.Deviation))) / weights;
        var spread = Range80 / Math.Sqrt(weights);
        return new LevelEstimate(LevelAt(score), Math.Round(score, 2), LevelAt(score - spread), LevelAt(score + spread), indicators);
    }

    /// <summary>The share of different words beyond A2.</summary>
    private static LevelIndicator? Vocabulary(IReadOnlyList<WordRecord> words, VocabularyBands? bands)
    {
        CefrLevel[] levels = [.. words.Where(w => w.RightUses > 0).Select(w => bands?.Of(w.Lemma)).OfType<CefrLevel>()];
        return levels.Length == 0 ? null : Indicator("vocabulary", (double)levels.Count(level => level >= CefrLevel.B1) / levels.Length, s_rareWords, levels.Length);
    }

    /// <summary>Mistakes in 100 words; what is taught early weighs more, for whoever gets it wrong is not far.</summary>
    private static LevelIndicator? Grammar(IReadOnlyList<LearnerTurn> turns, IReadOnlyList<Mistake> mistakes)
    {
        var said = turns.Sum(t => LearnerProgress.WordsOf(t.Text).Length);
        var weight = mistakes.Where(m => m.Kind == MistakeKind.Grammar).Sum(m => s_ruleLevels.GetValueOrDefault(m.Rule, CefrLevel.B1) switch { CefrLevel.A1 => 1.5, CefrLevel.A2 => 1.2, CefrLevel.B1 => 1, _ => 0.7 });
        return said == 0 ? null : Indicator("grammar", 100 * weight / said, s_mistakes, said);
    }

    /// <summary>Words a minute, pauses within turns included.</summary>
    private static LevelIndicator? Pace(IReadOnlyList<LearnerTurn> turns)
    {
        var spoken = turns.Where(t => t.Speech > TimeSpan.Zero).ToArray();
        var said = spoken.Sum(t => LearnerProgress.WordsOf(t.Text).Length);
        return said == 0 ? null : Indicator("pace", said / spoken.Sum(t => t.Speech.TotalMinutes), s_pace, said);
    }

    private static LevelIndicator? Fluency(IReadOnlyList<LearnerTurn> turns)
    {
        var judged = turns.Where(t => t.Scores is not null).ToArray();
        return judged.Length == 0 ? null : Indicator("fluency", judged.Average(t => t.Scores!.Fluency), s_fluency, judged.Sum(t => LearnerProgress.WordsOf(t.Text).Length));
    }

    private static LevelIndicator? Variety(IReadOnlyList<LearnerTurn> turns)
    {
        string[] words = [.. turns.OrderBy(t => t.At).SelectMany(t => LearnerProgress.WordsOf(t.Text))];
        return LexicalDiversity.Mtld(words) is { } mtld ? Indicator("variety", mtld, s_variety, words.Length) : null;
    }

    private static LevelIndicator Indicator(string name, double measure, double[] bounds, int words) =>
        new(name, Math.Round(measure, 3), Math.Round(ScoreOf(measure, bounds), 2), Math.Round(BestDeviation * Math.Sqrt(1 + ManyWords / Math.Max(1, words)), 2));

    /// <summary>Where a measure lies between the bounds of the levels, which rise or fall.</summary>
    private static double ScoreOf(double measure, double[] bounds)
    {
        var sign = Math.Sign(bounds[^1] - bounds[0]);
        for (var i = 1; i < bounds.Length; i++)
        {
            if (sign * (measure - bounds[i]) < 0) { return Math.Max(0, i - 1 + (measure - bounds[i - 1]) / (bounds[i] - bounds[i - 1])); }
        }
        return Top;
    }

    private static CefrLevel LevelAt(double score) => (CefrLevel)Math.Clamp((int)Math.Floor(score), 0, (int)CefrLevel.C2);
}
