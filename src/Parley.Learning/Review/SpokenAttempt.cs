using Parley.Learning.Pronunciation;

namespace Parley.Learning.Review;

/// <summary>A review item, as it was spoken.</summary>
/// <param name="IsRight">Whether the words that matter were said, and most of the others.</param>
/// <param name="Missing">The words of the answer that were not said.</param>
/// <param name="Rating">How well the item was remembered.</param>
public sealed record SpokenAttempt(bool IsRight, IReadOnlyList<string> Missing, Rating Rating)
{
    private const string Gap = "____";

    /// <summary>With fewer of its words, in percent, it was another sentence.</summary>
    private const double MostOfIt = 70;

    /// <summary>Judges an attempt.</summary>
    /// <param name="item">What was to be done.</param>
    /// <param name="assessment">How the item's answer was read in the recording.</param>
    /// <param name="hesitation">From the prompt to the first word; null: the recording begins with the prompt.</param>
    /// <param name="tries">From 1.</param>
    public static SpokenAttempt Of(ReviewItem item, Assessment assessment, TimeSpan? hesitation = null, int tries = 1)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(assessment);
        string[] words = [.. assessment.Words.Select(w => Bare(w.Text))];
        string[] shown = [.. ReadingText.Words(item.Prompt.Replace(Gap, " ", StringComparison.Ordinal)).Select(Bare)];
        var kept = item.Drill == ReviewDrill.Shadow ? [] : Common(words, shown);
        var isSaid = assessment.Words.Select(w => w.Error != WordError.Omission).ToArray();
        // Where the mistake was a word too many, nothing is to be heard between the others.
        var isOnlyLess = item.Drill == ReviewDrill.SayItAgain && kept.Count == words.Length && shown.Length > words.Length;
        var isRight = assessment.Completeness >= MostOfIt && Enumerable.Range(0, words.Length).All(i => isSaid[i] || kept.Contains(i)) && !(isOnlyLess && assessment.Insertions.Count > 0);
        var first = assessment.Words.FirstOrDefault(w => w is { Error: not WordError.Omission, StartMs: not null })?.StartMs ?? 0;
        var grade = new SpokenGrade(isRight, assessment.Accuracy, hesitation ?? TimeSpan.FromMilliseconds(first), tries);
        return new SpokenAttempt(isRight, [.. assessment.Words.Where((_, i) => !isSaid[i]).Select(w => w.Text)], grade.Rating);
    }

    /// <summary>The places of words that were there before: those of the longest common subsequence.</summary>
    private static HashSet<int> Common(string[] words, string[] shown)
    {
        var length = new int[words.Length + 1, shown.Length + 1];
        for (var i = words.Length - 1; i >= 0; i--)
        {
            for (var j = shown.Length - 1; j >= 0; j--) { length[i, j] = words[i] == shown[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]); }
        }
        var common = new HashSet<int>();
        for (var (i, j) = (0, 0); i < words.Length && j < shown.Length;)
        {
            if (words[i] == shown[j])
            {
                common.Add(i++);
                j++;
            }
            else if (length[i + 1, j] >= length[i, j + 1]) { i++; }
            else { j++; }
        }
        return common;
    }

    private static string Bare(string word) => string.Concat(word.Where(c => char.IsLetterOrDigit(c) || c == '\'')).ToLowerInvariant();
}
