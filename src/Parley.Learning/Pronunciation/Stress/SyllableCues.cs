using Parley.Alignment;
using Parley.Learning.Pronunciation.Features;

namespace Parley.Learning.Pronunciation.Stress;

/// <summary>What makes a syllable of a word stand out against the others: the level, pitch and length of its vowel.</summary>
internal static class SyllableCues
{
    /// <summary>Numbers a syllable.</summary>
    public const int Count = 5;

    // Frames of silence behind a word, before which its last syllable is drawn out and falls.
    private const int Pause = 10;

    /// <summary>The cues of each syllable of a word, each in relation to the word's mean: level in 10 dB, pitch in 4 semitones, log length, whether it is the word's last and whether that ends a phrase.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="from">The word's first phone.</param>
    /// <param name="to">The phone after its last.</param>
    public static float[][] Of(Reading reading, int from, int to)
    {
        var phones = reading.Phones;
        var vowels = Enumerable.Range(from, to - from).Where(i => Phones.IsVowel(phones[i].At.Phone)).ToArray();
        var endsPhrase = to == phones.Count || phones[to].At.First - phones[to - 1].At.End >= Pause;
        float[][] cues = [.. vowels.Select((v, i) => (float[])
        [
            reading.LevelOf(phones[v].At) / 10, reading.PitchOf(phones[v].At) / 4, phones[v].LogLength,
            i == vowels.Length - 1 ? 1 : 0, i == vowels.Length - 1 && endsPhrase ? 1 : 0,
        ])];
        for (var cue = 0; cue < 3; cue++)
        {
            // What has no pitch says nothing about it.
            var mean = cues.Select(c => c[cue]).Where(c => !float.IsNaN(c)).DefaultIfEmpty(0).Average();
            foreach (var syllable in cues) { syllable[cue] = float.IsNaN(syllable[cue]) ? 0 : Math.Clamp(syllable[cue] - mean, -2, 2); }
        }
        return cues;
    }
}
