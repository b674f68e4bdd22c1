using Parley.Replies;

namespace Parley.Turns.Interruptions;

/// <summary>What the assistant was saying at the moment in which it was held.</summary>
/// <param name="Recent">The words that were just heard and those that may be on their way, as <see cref="SpokenText"/> writes them.</param>
/// <param name="AsksNow">Whether a question has just been asked or is all but asked, so that a single word may answer it.</param>
public sealed record SpokenContext(IReadOnlyList<string> Recent, bool AsksNow)
{
    // An echo comes with the delay of the room, the line and the recogniser; what the client holds ready may sound before the hold reaches it.
    private const int WordsBehind = 14, WordsAhead = 5;

    // People answer before the last word of a question, and take half a second to begin after it.
    private const int QuestionBehind = 2, QuestionAhead = 3;

    /// <param name="heard">The reply's text up to where the listener is.</param>
    /// <param name="unsaid">The rest of it, as far as it is written.</param>
    public static SpokenContext From(string heard, string unsaid)
    {
        var (behind, ahead) = (Split(heard), Split(unsaid));
        var asks = behind.TakeLast(QuestionBehind + 1).Concat(ahead.Take(QuestionAhead)).Any(word => word.TrimEnd('"', '”', '’', ')').EndsWith('?'));
        return new([.. behind.TakeLast(WordsBehind).Concat(ahead.Take(WordsAhead)).SelectMany(SpokenText.Words)], asks);
    }

    private static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
