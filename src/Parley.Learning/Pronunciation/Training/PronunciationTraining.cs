using Parley.Learning.Pronunciation.Features;
using Parley.Learning.Pronunciation.Models;

namespace Parley.Learning.Pronunciation.Training;

/// <summary>Fits a <see cref="PronunciationModel"/> to what experts said.</summary>
/// <remarks>
/// Each level sees what the level below guesses, and must see it as it will be for strangers: of a reading it sees the guesses of models that were fitted without its
/// speaker. The same readings give the same coefficients.
/// </remarks>
public static class PronunciationTraining
{
    internal const int Folds = 5;

    // Phones that the experts found right or nearly so.
    private const float WellSpoken = 1.8f;

    private static readonly BoostedTreesFit s_phone = new(400, 4, 0.04f, Columns: 0.3f, Smoothing: 30), s_word = new(400, 4, 0.02f, Columns: 0.2f, Smoothing: 10),
        s_said = new(150, 3, 0.08f), s_text = new(300, 4, 0.05f), s_utterance = new(400, 2, 0.04f, Rows: 0.5f, Columns: 0.2f, Smoothing: 15, Seed: 7);

    private static readonly ReadingNetworkFit s_network = new();

    /// <summary>Fits to all readings.</summary>
    public static PronunciationModel Fit(IReadOnlyList<ScoredReading> readings)
    {
        var folds = SpeakerFolds.Of(readings, Folds);
        var norms = Norms(readings);
        var common = CommonWords.Of(readings.SelectMany(r => r.Reading.Alignment.Words.Select(word => (r.Scores.Speaker, word.Text))));
        var phone = FitPhones(readings, norms);
        var phones = new float[readings.Count][];
        var words = new float[readings.Count][];
        foreach (var (others, fold) in folds)
        {
            var other = FitPhones(Pick(readings, others), norms);
            foreach (var i in fold) { phones[i] = Predict(PhoneFeatures.Of(readings[i].Reading, norms), other); }
        }
        float[][][] rows = [.. readings.Select((reading, i) => WordFeatures.Of(reading.Reading, norms, phones[i], common, isCounted: true))];
        var word = FitWords(readings, rows, Enumerable.Range(0, readings.Count));
        foreach (var (others, fold) in folds)
        {
            var other = FitWords(readings, rows, others);
            foreach (var i in fold) { words[i] = Predict(rows[i], other); }
        }
        float[][] wholes = [.. readings.Select((reading, i) => UtteranceFeatures.Of(reading.Reading, norms, phones[i], words[i]))];
        NetworkReading[] seen = [.. readings.Select((reading, i) => NetworkFeatures.Of(reading.Reading, PhoneFeatures.Of(reading.Reading, norms), rows[i], wholes[i]))];
        NetworkScores[] scores = [.. readings.Select(r => new NetworkScores(r.PhoneScores, [.. r.WordScores], r.Scores.Sought))];
        // Where doubt begins goes by what is told of strangers; one network tells nearly what several do.
        var (toldPhones, toldWords) = (new float[readings.Count][], new float[readings.Count][]);
        Parallel.ForEach(folds, parts =>
        {
            var other = (s_network with { Members = 1 }).Fit([.. Pick(seen, parts.Others)], [.. Pick(scores, parts.Others)]);
            foreach (var i in parts.Fold)
            {
                var together = other.Score(seen[i]);
                (toldPhones[i], toldWords[i]) = (PronunciationModel.Join(phones[i], together.Phones.Select(p => p!.Value), 2), PronunciationModel.Join(words[i], together.Words, 10));
            }
        });
        return new(
            norms, common, phone, word, FitSaid(readings, norms, phone), FitText(readings, norms),
            FitUtterance(wholes, [.. Enumerable.Range(0, PronunciationModel.Levels).Select(level => (float[])[.. readings.Select(r => r.Scores.Sought[level])])]), s_network.Fit(seen, scores))
        {
            DoubtfulPhone = Quantile(toldPhones.SelectMany(p => p), 0.03f), MispronouncedWord = Quantile(toldWords.SelectMany(w => w), 0.03f),
        };
    }

    private static PhoneNorms Norms(IEnumerable<ScoredReading> readings) =>
        PhoneNorms.Fit([.. readings.SelectMany(r => r.Reading.Phones.Zip(r.PhoneScores)).Where(phone => phone.Second >= WellSpoken).Select(phone => phone.First)]);

    private static BoostedTrees FitPhones(IEnumerable<ScoredReading> readings, PhoneNorms norms)
    {
        var examples = readings.SelectMany(r => PhoneFeatures.Of(r.Reading, norms).Zip(r.PhoneScores)).Where(e => e.Second is not null).ToArray();
        return s_phone.Fit([.. examples.Select(e => e.First)], [.. examples.Select(e => e.Second!.Value)]);
    }

    private static BoostedTrees FitWords(IReadOnlyList<ScoredReading> readings, float[][][] rows, IEnumerable<int> chosen)
    {
        var examples = chosen.SelectMany(i => rows[i].Zip(readings[i].WordScores)).ToArray();
        return s_word.Fit([.. examples.Select(e => e.First)], [.. examples.Select(e => e.Second)]);
    }

    private static BoostedTrees FitSaid(IReadOnlyList<ScoredReading> readings, PhoneNorms norms, BoostedTrees phone)
    {
        var examples = readings.Where(r => r.Disturbed is not null)
            .SelectMany(r => WordFeatures.Of(r.Disturbed!, norms, Predict(PhoneFeatures.Of(r.Disturbed!, norms), phone)).Zip(r.WordsSaid)).ToArray();
        return s_said.Fit([.. examples.Select(e => e.First)], [.. examples.Select(e => e.Second ? 1f : 0f)]);
    }

    // The line keeps the trees from trusting in what one reading in a hundred has.
    private static Mean FitText(IReadOnlyList<ScoredReading> readings, PhoneNorms norms)
    {
        var examples = readings.Select(r => (Row: TextFeatures.Of(r.Reading, norms), Share: 1f))
            .Concat(readings.Where(r => r.Disturbed is not null).Select(r => (Row: TextFeatures.Of(r.Disturbed!, norms), Share: r.WordsSaid.Average(said => said ? 1f : 0f)))).ToArray();
        float[][] rows = [.. examples.Select(e => e.Row)];
        float[] shares = [.. examples.Select(e => e.Share)];
        return new(LinearModel.Fit(rows, shares, 100), s_text.Fit(rows, shares));
    }

    // A line generalises from few readings; trees see what is not straight, such as that pauses cost much and then no more; and a kernel what goes together.
    private static IRegression[] FitUtterance(float[][] rows, float[][] levels) =>
        [.. levels.Zip(KernelModel.Fit(rows, levels, 0.5), (targets, kernel) => new Mean(LinearModel.Fit(rows, targets, 200), s_utterance.Fit(rows, targets), kernel))];

    private static float[] Predict(float[][] rows, BoostedTrees model) => [.. rows.Select(row => model.Predict(row))];

    private static IEnumerable<T> Pick<T>(IReadOnlyList<T> items, IEnumerable<int> places) => places.Select(i => items[i]);

    private static float Quantile(IEnumerable<float> values, float share)
    {
        var sorted = values.Order().ToArray();
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}
