using Parley.Tts;

namespace Parley.EspeakNg.Tts;

/// <summary>Estimates what sounds when, because the program tells phonemes but no times.</summary>
/// <remarks>
/// Pauses are found in the audio, where the program writes digital silence; between them the clause's phones share the time by their
/// typical durations. Spans cover the audio exactly; their inner borders are off by some tens of milliseconds.
/// </remarks>
internal static class EspeakAligner
{
    private const double MinPauseSeconds = 0.025;

    public static SpeechTimings Align(ReadOnlySpan<short> samples, int sampleRate, string phonemes, EspeakText text)
    {
        var clauses = phonemes.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IpaPhones.Parse).Where(w => w.Count > 0).ToList())
            .Where(c => c.Count > 0).ToList();
        var stretches = Stretches(samples, sampleRate, clauses.Count);
        if (stretches.Count != clauses.Count)
        {
            clauses = [[.. clauses.SelectMany(c => c)]];
            stretches = [(stretches[0].Start, stretches[^1].End)];
        }
        var phones = new List<PhoneSpan>();
        var sounding = new List<List<(long Start, long End)>>();
        long position = 0;
        for (var i = 0; i < clauses.Count; i++)
        {
            Pause(phones, ref position, stretches[i].Start);
            sounding.Add(Spread(clauses[i], phones, ref position, stretches[i].End));
        }
        Pause(phones, ref position, samples.Length);
        return new SpeechTimings(phones, WordAligner.Align(text.Words, sounding));
    }

    private static void Pause(List<PhoneSpan> phones, ref long position, long end)
    {
        if (end > position) { phones.Add(new PhoneSpan(PhoneVisemes.Pause, position, end - position)); }
        position = Math.Max(position, end);
    }

    private static List<(long, long)> Spread(List<List<string>> words, List<PhoneSpan> phones, ref long position, long end)
    {
        var spans = new List<(long, long)>();
        var start = position;
        double total = words.Sum(w => w.Sum(PhoneDurations.Of)), passed = 0;
        foreach (var word in words)
        {
            var begin = position;
            foreach (var phone in word)
            {
                passed += PhoneDurations.Of(phone);
                var next = start + (long)Math.Round((end - start) * passed / total);
                if (next > position) { phones.Add(new PhoneSpan(phone, position, next - position)); }
                position = next;
            }
            spans.Add((begin, position));
        }
        return spans;
    }

    // Where clauses sound: between the longest silences inside, as many as there are borders, and without the silence at both ends.
    private static List<(long Start, long End)> Stretches(ReadOnlySpan<short> samples, int sampleRate, int clauses)
    {
        var silences = new List<(int Start, int End)>();
        for (var i = 0; i < samples.Length; i++)
        {
            var start = i;
            while (i < samples.Length && samples[i] == 0) { i++; }
            if (start == 0 || i == samples.Length || i - start >= MinPauseSeconds * sampleRate) { silences.Add((start, i)); }
        }
        var first = silences.Count > 0 && silences[0].Start == 0 ? silences[0].End : 0;
        var last = silences.Count > 0 && silences[^1].End == samples.Length ? silences[^1].Start : samples.Length;
        if (last <= first) { return [(0, samples.Length)]; }
        var inner = silences.Where(s => s.Start > first && s.End < last)
            .OrderByDescending(s => s.End - s.Start).Take(Math.Max(0, clauses - 1)).OrderBy(s => s.Start);
        var stretches = new List<(long, long)>();
        foreach (var (start, end) in inner)
        {
            stretches.Add((first, start));
            first = end;
        }
        stretches.Add((first, last));
        return stretches;
    }
}
