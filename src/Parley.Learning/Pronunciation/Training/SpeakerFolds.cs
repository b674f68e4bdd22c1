namespace Parley.Learning.Pronunciation.Training;

/// <summary>Parts readings so that no speaker is in two parts.</summary>
internal static class SpeakerFolds
{
    /// <summary>The parts, each as the places of those outside it and of those in it.</summary>
    public static IReadOnlyList<(IReadOnlyList<int> Others, IReadOnlyList<int> Fold)> Of(IReadOnlyList<ScoredReading> readings, int folds)
    {
        var speakers = readings.Select(r => r.Scores.Speaker).Distinct().Order(StringComparer.Ordinal).Index().ToDictionary(s => s.Item, s => s.Index % folds);
        return [.. Enumerable.Range(0, folds).Select(fold =>
        {
            var parts = Enumerable.Range(0, readings.Count).ToLookup(i => speakers[readings[i].Scores.Speaker] == fold);
            return ((IReadOnlyList<int>)[.. parts[false]], (IReadOnlyList<int>)[.. parts[true]]);
        }).Where(parts => parts.Item1.Count > 0 && parts.Item2.Count > 0)];
    }
}
