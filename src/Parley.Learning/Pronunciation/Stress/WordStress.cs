using Parley.Learning.Pronunciation.Features;

namespace Parley.Learning.Pronunciation.Stress;

/// <summary>How far the right syllable of each word was stressed.</summary>
/// <param name="lexicon">Knows which is the right one.</param>
/// <param name="model">Hears which was.</param>
/// <remarks>Thread-safe.</remarks>
internal sealed class WordStress(StressLexicon lexicon, StressModel model)
{
    // Where no syllable stands out clearly it is not told.
    private const float Clear = 0.7f;

    /// <summary>Below this another syllable was probably stressed.</summary>
    public const float Wrong = 0.1f;

    /// <summary>For each word that has phones how probably its right syllable was the stressed one, 0 to 1; null where nothing stands out, or it has no right one.</summary>
    public float?[] Of(Reading reading) => [.. WordFeatures.Spans(reading).Select(span => Expected(lexicon, reading, span.From, span.To) is { } stressed ? Told(SyllableCues.Of(reading, span.From, span.To), stressed) : null)];

    /// <summary>How probably a syllable was the stressed one; null where none stands out.</summary>
    public float? Told(float[][] syllables, int stressed)
    {
        var shares = model.Probabilities(syllables);
        return shares.Max() >= Clear ? shares[stressed] : null;
    }

    /// <summary>The syllable of a word that should be stressed.</summary>
    public static int? Expected(StressLexicon lexicon, Reading reading, int from, int to) =>
        lexicon.MainStress(reading.Alignment.Words[reading.Phones[from].Word].Text, [.. Enumerable.Range(from, to - from).Select(i => reading.Phones[i].At.Phone)]);
}
