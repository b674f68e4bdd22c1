using Parley.Alignment;
using Parley.PocketSphinx.Alignment.Model;

namespace Parley.PocketSphinx.Alignment;

/// <summary>Whether something was really said beside the text, where a search that may find such things has found some.</summary>
/// <remarks>
/// With more ways to go there is always one that fits a little better. So the stretch around an insertion, from where both paths come together to where they do again, is scored along either one, and the insertion stands
/// where the recording is much likelier with it. Immutable, so thread-safe.
/// </remarks>
internal sealed class SpeechBeside(AcousticModel model)
{
    // Nats by which a stretch must be likelier for each thing that is said beside the text, and frames that it lasts at least: more for a filler, for which any drawn-out vowel can be taken.
    private const double Gain = 30, GainOfFiller = 100;
    private const int Shortest = 12, ShortestFiller = 25;

    /// <summary>What was said beside the text, as far as that stands.</summary>
    /// <param name="plain">The text alone.</param>
    /// <param name="fuller">The same with insertions.</param>
    /// <param name="features">The recording.</param>
    public IReadOnlyList<InsertedPhones> Standing(PathFound plain, PathFound fuller, float[] features)
    {
        var frames = features.Length / DynamicFeatures.Size;
        var (before, after) = (model.InContext(plain.Words), model.InContext(fuller.WithInsertions));
        var insertions = new List<InsertedPhones>();
        foreach (var part in fuller.Insertions.GroupBy(i => StretchAround(plain, fuller, i)))
        {
            var (first, end) = part.Key;
            var (from, to) = (first < 0 ? 0 : plain.Words[first][0].First, end == plain.Words.Count ? frames : plain.Words[end][0].First);
            var gain = model.Likelihood(features, after, from, to) - model.Likelihood(features, before, from, to);
            if (gain < part.Sum(i => i.IsFiller ? GainOfFiller : Gain) || part.Any(i => i.Speech.End - i.Speech.First < (i.IsFiller ? ShortestFiller : Shortest))) { continue; }
            insertions.AddRange(part);
        }
        return insertions;
    }

    // From the last word before it that begins on both paths at the same time to the first one behind it; -1 and the number of words: the begin and the end of the recording.
    private static (int First, int End) StretchAround(PathFound plain, PathFound fuller, InsertedPhones insertion)
    {
        var (first, end) = (insertion.Speech.Before, insertion.Speech.Before);
        while (first >= 0 && !(IsSame(first) && plain.Words[first][0].First <= insertion.Speech.First)) { first--; }
        while (end < plain.Words.Count && !(IsSame(end) && plain.Words[end][0].First >= insertion.Speech.End)) { end++; }
        return (first, end);

        bool IsSame(int word) => plain.Words[word].Count > 0 && plain.Words[word][0].First == fuller.Words[word][0].First;
    }
}

/// <summary>A path through a text.</summary>
/// <param name="Words">The phones of each word of the text; none where it cannot be spoken.</param>
/// <param name="Insertions">What is said beside it, in order.</param>
internal sealed record PathFound(IReadOnlyList<IReadOnlyList<AlignedPhone>> Words, IReadOnlyList<InsertedPhones> Insertions)
{
    /// <summary>The words and what is said between them, in order.</summary>
    public IEnumerable<IReadOnlyList<AlignedPhone>> WithInsertions => Words.Where(word => word.Count > 0).Concat(Insertions.Select(i => i.Phones)).OrderBy(word => word[0].First);
}

/// <summary>Something that is said beside a text.</summary>
/// <param name="Speech">What it is.</param>
/// <param name="Phones">Its phones.</param>
/// <param name="IsFiller">Whether it is no word of the text.</param>
internal sealed record InsertedPhones(InsertedSpeech Speech, IReadOnlyList<AlignedPhone> Phones, bool IsFiller);
