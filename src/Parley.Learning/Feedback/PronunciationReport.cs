using Parley.Learning.Pronunciation;
using Parley.Learning.Pronunciation.Stress;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Learning.Feedback;

/// <summary>An assessment as clients are told it.</summary>
internal static class PronunciationReport
{
    // The rule that is broken where another syllable than the right one was stressed.
    private const string Stress = "stress";

    public static PronunciationFeedback Of(Assessment assessment) => new(assessment.Total, assessment.Accuracy, assessment.Fluency, assessment.Prosody, assessment.Completeness)
    {
        WordScores = [.. assessment.Words.Where(w => w.Accuracy is not null).Select(w => new WordScore(w.Text, w.Accuracy!.Value))],
        Words = [.. assessment.Words.Where(w => w.Accuracy is not null).Select(w => new PronouncedWord(
            w.Text, w.Accuracy!.Value, w.Stress, w.Error.ToString(), [.. w.Phones.Select(p => new PronouncedPhone(p.Phone, p.Score, p.Said, p.StartMs, p.EndMs))])
        {
            Difference = w.Difference is { } d ? new(d.Distortion, d.Stretch) : null,
        })],
        Difference = assessment.Difference is { } difference ? new(difference.Voice, difference.StepMs, difference.Distortion, difference.ReferenceMs) : null,
    };

    /// <summary>The words that were not said well, where they stand in the turn's text.</summary>
    public static IEnumerable<FeedbackDelta> Deltas(SpokenTurn turn, Assessment? assessment, double poor)
    {
        var (at, number) = (0, 0);
        foreach (var word in assessment?.Words ?? [])
        {
            var start = turn.Text.IndexOf(word.Text, at, StringComparison.OrdinalIgnoreCase);
            if (start < 0) { continue; }
            at = start + word.Text.Length;
            if (word.Accuracy is not { } accuracy) { continue; }
            var (isPoor, isMisstressed) = (accuracy < poor || word.Error != WordError.None, word.Stress < 100 * WordStress.Wrong);
            if (!isPoor && !isMisstressed) { continue; }
            yield return new FeedbackDelta(turn.TurnId, $"{turn.TurnId}-p{number++}", FeedbackStage.Pronunciation, new FeedbackItem([start, at], turn.Text[start..at])
            {
                Score = isPoor ? accuracy : word.Stress,
                Rule = !isPoor ? Stress : word.Phones.Count > 0 ? word.Phones.MinBy(p => p.Score)!.Phone : null,
            });
        }
    }
}
