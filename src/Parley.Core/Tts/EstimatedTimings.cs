using System.Text.RegularExpressions;

namespace Parley.Tts;

/// <summary>Estimates what sounds when in speech whose engine tells no times: from its text, its length and its pauses.</summary>
/// <remarks>Spans cover the audio exactly; inner borders are guesses, off by a tenth of a second or more.</remarks>
public static partial class EstimatedTimings
{
    /// <summary>Vowels last about twice as long as consonants.</summary>
    private const double VowelWeight = 2;

    /// <summary>Below a hundredth of full scale nothing is heard.</summary>
    private const int Silence = 330;

    /// <summary>The words of a text: runs of letters and digits, with apostrophes and hyphens inside.</summary>
    /// <returns>Ranges in order. Empty: there is nothing to say.</returns>
    public static IReadOnlyList<Range> Words(string text) =>
        [.. Word().Matches(text).Select(m => m.Index..(m.Index + m.Length))];

    /// <summary>How long a word takes to say, in units that only compare.</summary>
    public static double Weight(string word) => LetterPhones.Of(word).Sum(WeightOf);

    /// <summary>Lays the words over the audio: silence at both ends is a pause, in between each phone takes its share.</summary>
    /// <param name="text">The text that the ranges point into.</param>
    /// <param name="words">The words that are spoken in these samples, in order.</param>
    /// <param name="samples">The audio.</param>
    /// <returns>Timings counted from the first of the samples.</returns>
    public static SpeechTimings Of(string text, IReadOnlyList<Range> words, ReadOnlySpan<short> samples)
    {
        var (first, last) = Sounding(samples);
        if (words.Count == 0 || last - first < 1) { return new SpeechTimings(Pause(0, samples.Length), []); }
        List<PhoneSpan> phones = [.. Pause(0, first)];
        var spans = new List<WordSpan>(words.Count);
        var spelled = words.Select(w => (Range: w, Phones: LetterPhones.Of(text[w]))).ToList();
        double total = spelled.Sum(w => w.Phones.Sum(WeightOf)), passed = 0;
        long position = first;
        foreach (var (range, sounds) in spelled)
        {
            var begin = position;
            foreach (var phone in sounds)
            {
                passed += WeightOf(phone);
                var next = first + (long)Math.Round((last - first) * passed / total);
                if (next > position) { phones.Add(new PhoneSpan(phone, position, next - position)); }
                position = next;
            }
            // A word that got no sample of its own still begins inside the audio.
            var start = Math.Min(begin, samples.Length - 1);
            spans.Add(new WordSpan(text[range], range.Start.Value, start, Math.Max(1, position - start)));
        }
        phones.AddRange(Pause(position, samples.Length));
        return new SpeechTimings(phones, spans);
    }

    private static double WeightOf(string phone) => "aeiou".Contains(phone[0], StringComparison.Ordinal) ? VowelWeight : 1;

    private static PhoneSpan[] Pause(long from, long to) => to > from ? [new PhoneSpan(PhoneVisemes.Pause, from, to - from)] : [];

    private static (int First, int Last) Sounding(ReadOnlySpan<short> samples)
    {
        var (first, last) = (0, samples.Length);
        while (first < last && Math.Abs((int)samples[first]) < Silence) { first++; }
        while (last > first && Math.Abs((int)samples[last - 1]) < Silence) { last--; }
        return first < last ? (first, last) : (0, samples.Length);
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*")]
    private static partial Regex Word();
}
