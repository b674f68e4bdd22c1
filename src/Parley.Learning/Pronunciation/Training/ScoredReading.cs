using Parley.Alignment;
using Parley.Learning.Pronunciation.Features;

namespace Parley.Learning.Pronunciation.Training;

/// <summary>A recording that experts have scored, aligned.</summary>
public sealed class ScoredReading
{
    /// <param name="scores">What the experts said.</param>
    /// <param name="alignment">Its text along it.</param>
    /// <param name="track">Its level and pitch.</param>
    /// <param name="disturbed">The same text with other words in the place of some, along the same recording; null: that cannot be aligned.</param>
    public ScoredReading(ExpertScores scores, PhoneAlignment alignment, SpeechTrack track, PhoneAlignment? disturbed)
    {
        Scores = scores;
        Reading = new(alignment, track);
        Disturbed = disturbed is null ? null : new(disturbed, track);
        // Where the experts' dictionary has another variant their scores are of other phones.
        PhoneScores = [.. alignment.Words.Zip(scores.Words).SelectMany(word =>
            word.Second.Phones is { } known && known.Count == word.First.Phones.Count ? known.Select(s => (float?)s) : word.First.Phones.Select(_ => (float?)null))];
    }

    /// <summary>What the experts said.</summary>
    public ExpertScores Scores { get; }

    internal Reading Reading { get; }

    internal Reading? Disturbed { get; }

    /// <summary>The experts' score of each phone of the reading, where they have one.</summary>
    internal IReadOnlyList<float?> PhoneScores { get; }

    /// <summary>The accuracy of each word of the reading that has phones.</summary>
    internal IEnumerable<float> WordScores => Reading.Alignment.Words.Zip(Scores.Words).Where(word => word.First.Phones.Count > 0).Select(word => word.Second.Accuracy);

    /// <summary>For each word of the disturbed text that has phones, whether it was said.</summary>
    internal IEnumerable<bool> WordsSaid => Disturbed is null
        ? []
        : Disturbed.Alignment.Words.Index().Where(word => word.Item.Phones.Count > 0)
            .Select(word => word.Item.Text == Reading.Alignment.Words.ElementAtOrDefault(word.Index)?.Text);
}
