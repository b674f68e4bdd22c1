namespace Parley.Learning.Pronunciation.Training;

/// <summary>Judges the models by speakers that they were not fitted to.</summary>
public static class CrossValidation
{
    /// <summary>Fits five times, each time without a fifth of the speakers, and scores these.</summary>
    /// <param name="readings">All readings.</param>
    /// <param name="progress">Told when a fifth is done.</param>
    public static IReadOnlyList<HeldOutReading> Run(IReadOnlyList<ScoredReading> readings, Action? progress = null)
    {
        var results = new HeldOutReading[readings.Count];
        Parallel.ForEach(SpeakerFolds.Of(readings, PronunciationTraining.Folds), parts =>
        {
            var model = PronunciationTraining.Fit([.. parts.Others.Select(i => readings[i])]);
            foreach (var i in parts.Fold) { results[i] = new(readings[i], model); }
            progress?.Invoke();
        });
        return results;
    }

    /// <summary>How well guesses and experts agree.</summary>
    public static PronunciationFigures Compare(IReadOnlyList<HeldOutReading> readings)
    {
        var phones = readings.SelectMany(r => r.Reading.Reading.Phones.Zip(r.Guess.Phones, r.Reading.PhoneScores))
            .Where(p => p.Third is not null).Select(p => (Phone: p.First, Guess: p.Second, Expert: p.Third!.Value)).ToArray();
        var words = readings.SelectMany(r => r.Guess.Words.Zip(r.Reading.WordScores, PlainWords(r))).ToArray();
        var said = readings.SelectMany(r => r.SaidDisturbed.Zip(r.Reading.WordsSaid)).ToArray();
        var others = readings.Where(r => r.Reading.Disturbed is not null && !r.Reading.WordsSaid.Any(said => said)).ToArray();
        return new(
            Level(0), Level(1), Level(2), Level(3),
            Correlation.Pearson(words.Select(w => (w.First, w.Second))), Correlation.Pearson(phones.Select(p => (p.Guess, p.Expert))),
            Correlation.Pearson(readings.Select(r => (r.Reading.Reading.Phones.Average(p => p.Evidence.Gop), r.Reading.Scores.Utterance[0]))),
            Correlation.Pearson(words.Select(w => (w.Third, w.Second))), Correlation.Pearson(phones.Select(p => (p.Phone.Evidence.Gop, p.Expert))),
            PrecisionAt(0.7, [.. words.Select(w => (w.First, w.Second < 6))]), PrecisionAt(0.7, [.. words.Select(w => (w.Third, w.Second < 6))]),
            Correlation.AreaUnderCurve([.. said.Select(s => (s.First, s.Second))]),
            readings.Count(r => r.Fault is not null || !r.Assessment.FitsText) / (double)readings.Count, others.Count(r => !r.RefusedDisturbed) / Math.Max(1.0, others.Length));

        double Level(int level) => Correlation.Pearson(readings.Select(r => (r.Guess.Utterance[level], r.Reading.Scores.Utterance[level])));

        static IEnumerable<float> PlainWords(HeldOutReading r) =>
            r.Reading.Reading.Alignment.Words.Where(w => w.Phones.Count > 0).Select(w => w.Phones.Average(p => r.Reading.Reading.Alignment.Evidence(p).Gop));
    }

    // Of the words below the score under which the given share of bad words lies, the share that is bad.
    private static double PrecisionAt(double recall, (float Guess, bool Bad)[] words)
    {
        var (found, wanted) = (0, recall * words.Count(w => w.Bad));
        foreach (var (word, place) in words.OrderBy(w => w.Guess).Select((w, i) => (w, i)))
        {
            if (word.Bad && ++found >= wanted) { return found / (double)(place + 1); }
        }
        return 0;
    }
}
