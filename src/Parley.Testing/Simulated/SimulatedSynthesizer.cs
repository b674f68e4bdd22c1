using System.Runtime.CompilerServices;
using Parley.Diagnostics;
using Parley.Tts;

namespace Parley.Testing.Simulated;

/// <summary>Speaks a tone of 300 ms for each word, 16 kHz, one chunk a word, the mouth moving through a row of shapes.</summary>
public sealed class SimulatedSynthesizer(TimeProvider time, string name = "simulated") : ISpeechSynthesizer
{
    /// <summary>Samples of a word.</summary>
    public const int WordSamples = 4_800;

    private static readonly char[] s_punctuation = [.. ".,;:!?\"'()[]{}…—–-“”‘’%$&#@*_`~<>/\\|+=^"];

    private static readonly string[] s_phones = ["aa", "s", "ih", "t", "ow", "k", "eh", "f", "uw"];

    private const int Waves = 800;

    private static readonly short[] s_waves = [.. Enumerable.Range(0, Waves).Select(i => (short)(8_000 * Math.Sin(2 * Math.PI * 220 * i / 16_000)))];

    private static readonly short[] s_word = Tone(WordSamples);

    private int _active;

    public string Name => name;

    /// <summary>The longest text of a request, in characters.</summary>
    public const int MaxCharacters = 5_000;

    public IReadOnlyList<string> Voices { get; set; } = ["tone"];

    /// <summary>Whether it keeps what it was asked, for a test to look at; long runs do without.</summary>
    public bool RemembersCalls { get; init; } = true;

    /// <summary>The requests so far.</summary>
    public List<SpeechRequest> Requests { get; } = [];

    public TimeSpan FirstAudioLatency { get; set; } = TimeSpan.Zero;

    public TimeSpan ChunkInterval { get; set; } = TimeSpan.Zero;

    /// <summary>Every call fails before its first audio.</summary>
    public bool Fails { get; set; }

    /// <summary>Every call fails after so many chunks; null: none does.</summary>
    public int? FailsAfter { get; set; }

    /// <summary>Every call hangs before its first audio.</summary>
    public bool Hangs { get; set; }

    /// <summary>Calls that run now.</summary>
    public int Active => Volatile.Read(ref _active);

    public bool Supports(string language) => language.StartsWith("en", StringComparison.OrdinalIgnoreCase);

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _active);
        if (RemembersCalls) { lock (Requests) { Requests.Add(request); } }
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            request.Check(this, MaxCharacters);
            if (Fails) { throw new VoiceException(VoiceStage.Tts, "Simulated failure."); }
            if (Hangs) { await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken); }
            if (FirstAudioLatency > TimeSpan.Zero) { await Task.Delay(FirstAudioLatency, time, cancellationToken); }
            var samples = (int)(WordSamples / request.Speed);
            long start = 0;
            var offset = 0;
            foreach (var token in request.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                var word = token.Trim(s_punctuation);
                if (!word.Any(char.IsLetterOrDigit)) { continue; }
                offset = request.Text.IndexOf(word, offset, StringComparison.Ordinal);
                cancellationToken.ThrowIfCancellationRequested();
                if (start / samples == FailsAfter) { throw new VoiceException(VoiceStage.Tts, "Simulated failure.", isTransient: true); }
                if (start > 0 && ChunkInterval > TimeSpan.Zero) { await Task.Delay(ChunkInterval, time, cancellationToken); }
                var half = samples / 2;
                var phone = s_phones[(int)(start / samples) % s_phones.Length];
                yield return new SpeechChunk(
                    Word(samples), 16_000, [new PhoneSpan("m", start, half), new PhoneSpan(phone, start + half, samples - half)],
                    [new VisemeSpan(Viseme.PP, start, half), new VisemeSpan(PhoneVisemes.Of(phone), start + half, samples - half)],
                    [new WordSpan(word, offset, start, samples)]);
                offset += word.Length;
                start += samples;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    /// <summary>A word's audio, which is the same each time: what is measured with this engine shall be what others do.</summary>
    private static ReadOnlyMemory<short> Word(int samples) => samples == WordSamples ? s_word : Tone(samples);

    /// <summary>A tone that <see cref="SimulatedVad"/> takes for speech.</summary>
    public static short[] Tone(int samples)
    {
        var tone = new short[samples];
        // It repeats itself after eleven waves, which are 800 samples.
        for (var i = 0; i < samples; i += Waves) { s_waves.AsSpan(0, Math.Min(Waves, samples - i)).CopyTo(tone.AsSpan(i)); }
        return tone;
    }
}
