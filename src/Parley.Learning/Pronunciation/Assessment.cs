using Parley.Learning.Pronunciation.Reference;

namespace Parley.Learning.Pronunciation;

/// <summary>How a text was read aloud. Scores are 0 to 100.</summary>
/// <param name="Total">All in all.</param>
/// <param name="Accuracy">How well the sounds are those of the text.</param>
/// <param name="Fluency">How smoothly it goes: pace and pauses.</param>
/// <param name="Prosody">Stress, intonation and rhythm.</param>
/// <param name="Completeness">The share of the words that were said.</param>
/// <param name="Confidence">How far these numbers can be relied on, 0 to 1: less for short, noisy, clipped or narrow-band recordings.</param>
/// <param name="Monotone">Whether the voice hardly moves.</param>
/// <param name="Words">The words of the text, in order.</param>
/// <param name="Insertions">Where something was said that is not in the text.</param>
public sealed record Assessment(
    double Total, double Accuracy, double Fluency, double Prosody, double Completeness, double Confidence, bool Monotone,
    IReadOnlyList<AssessedWord> Words, IReadOnlyList<AssessedInsertion> Insertions)
{
    /// <summary>Whether the recording is plainly of the text. If not, it may be read very badly, or be of another text: <see cref="Confidence"/> is below 0.25.</summary>
    public bool FitsText { get; init; } = true;

    /// <summary>How it differs from a native voice; null where there is none to compare it with.</summary>
    public SpeechDifference? Difference { get; init; }

    /// <summary>This, for what is kept of a learner: of what may be another text nothing is.</summary>
    /// <exception cref="Diagnostics.VoiceException">It is not plainly of the text (<see cref="Diagnostics.FailureClass.UserInput"/>).</exception>
    public Assessment WithoutDoubt() => FitsText ? this : throw PronunciationAssessor.Unscorable(TextMatch.Unheard);

    internal Assessment Beside(string voice, SpokenText own, SpokenText native)
    {
        var (whole, words) = SpeechDifference.Of(voice, own, native);
        return this with { Difference = whole, Words = [.. Words.Zip(words, (word, difference) => word with { Difference = difference })] };
    }
}

/// <summary>A word of the text.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Accuracy">How well it was said; null where it cannot be spoken.</param>
/// <param name="Stress">How probably the right syllable was the stressed one, 0 to 100; null where none stands out, or the word has no right one.</param>
/// <param name="Error">What is wrong with it.</param>
/// <param name="StartMs">Where it begins; null where it cannot be spoken.</param>
/// <param name="EndMs">Where it ends.</param>
/// <param name="Phones">Its phones, as CMUdict has them.</param>
public sealed record AssessedWord(
    string Text, double? Accuracy, double? Stress, WordError Error, int? StartMs, int? EndMs, IReadOnlyList<AssessedPhone> Phones)
{
    /// <summary>How it differs from a native voice's; null where there is none to compare it with.</summary>
    public WordDifference? Difference { get; init; }
}

/// <summary>A phone of a word.</summary>
/// <param name="Phone">Its name in CMUdict, without stress.</param>
/// <param name="Score">How well it was said.</param>
/// <param name="Said">The phone that it was probably taken for; null where that is not clear.</param>
/// <param name="StartMs">Where it begins.</param>
/// <param name="EndMs">Where it ends.</param>
public sealed record AssessedPhone(string Phone, double Score, string? Said, int StartMs, int EndMs);

/// <summary>Something that was said and is not in the text.</summary>
/// <param name="Text">What it is: words of the text that were said once more, <c>uh</c> or <c>um</c>; null where that is not known.</param>
/// <param name="Before">The place of the word that it stands before.</param>
/// <param name="StartMs">Where it begins.</param>
/// <param name="EndMs">Where it ends.</param>
public sealed record AssessedInsertion(string? Text, int Before, int StartMs, int EndMs)
{
    /// <summary>Always <see cref="WordError.Insertion"/>.</summary>
    public WordError Error { get; } = WordError.Insertion;
}
