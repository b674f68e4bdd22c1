using Parley.Alignment;
using static Parley.Learning.Pronunciation.Features.Statistics;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>How the voice rises and falls, and how far the words that carry the meaning stand out of those between them.</summary>
internal static class MelodyFeatures
{
    // Voiced frames without which there is no melody.
    private const int Least = 10;

    // Semitones from one frame to the next that no voice moves, and from the median at which it was probably heard an octave off.
    private const float Jump = 4, Octave = 7;

    public static IEnumerable<float> Of(Reading reading)
    {
        var (first, end) = (reading.Phones[0].At.First, reading.Phones[^1].At.End);
        var voiced = Enumerable.Range(first, end - first).Where(f => f < reading.Track.Pitches.Count && !float.IsNaN(reading.Track.Pitches[f]))
            .Select(f => (Time: (float)(f - first) / PhoneAlignment.FrameRate, Pitch: reading.Track.Pitches[f])).ToArray();
        return [.. voiced.Length < Least ? new float[8] : Movement(voiced), voiced.Length / (float)(end - first), .. Contrast(reading)];
    }

    private static float[] Movement((float Time, float Pitch)[] voiced)
    {
        float[] pitches = [.. voiced.Select(v => v.Pitch)];
        var (mean, median, fifth) = (pitches.Average(), Quantile(pitches, 0.5f), pitches.Length / 5);
        return
        [
            Slope(voiced), pitches[^fifth..].Average() - mean, pitches[..fifth].Average() - mean,
            MeanOr(pitches.Zip(pitches.Skip(1), (a, b) => Math.Abs(a - b)).Where(step => step < Jump)), median, pitches.Count(p => Math.Abs(p - median) > Octave) / (float)pitches.Length,
            Quantile(pitches, 0.9f) - Quantile(pitches, 0.1f), Quantile(pitches, 0.75f) - Quantile(pitches, 0.25f),
        ];
    }

    // Semitones a second.
    private static float Slope((float Time, float Pitch)[] voiced)
    {
        var (time, pitch) = (voiced.Average(v => v.Time), voiced.Average(v => v.Pitch));
        return voiced.Sum(v => (v.Time - time) * (v.Pitch - pitch)) / voiced.Sum(v => (v.Time - time) * (v.Time - time));
    }

    // By level, length and pitch of the vowels.
    private static float[] Contrast(Reading reading)
    {
        var vowels = reading.Phones.Where(p => Phones.IsVowel(p.At.Phone))
            .Select(p => (IsFunction: FunctionWords.Contains(reading.Alignment.Words[p.Word].Text), Level: reading.LevelOf(p.At), Length: p.LogLength, Pitch: reading.PitchOf(p.At)))
            .ToLookup(v => v.IsFunction, v => (v.Level, v.Length, v.Pitch));
        var all = vowels.SelectMany(group => group).ToArray();
        return
        [
            Difference(v => v.Level), Difference(v => v.Length), Difference(v => v.Pitch),
            Deviation([.. all.Select(v => v.Level)]), Deviation([.. all.Select(v => v.Length)]),
        ];

        float Difference(Func<(float Level, float Length, float Pitch), float> cue)
        {
            float[] content = [.. vowels[false].Select(cue).Where(c => !float.IsNaN(c))], function = [.. vowels[true].Select(cue).Where(c => !float.IsNaN(c))];
            return content.Length == 0 || function.Length == 0 ? 0 : content.Average() - function.Average();
        }
    }
}
