using System.Runtime.CompilerServices;
using Parley.Diagnostics;
using Parley.Tts;

namespace Parley.Testing.Simulated;

/// <summary>Speaks a tone of 300 ms for each word, 16 kHz, one chunk a word.</summary>
public sealed class SimulatedSynthesizer(TimeProvider time, string name = "simulated") : ISpeechSynthesizer
{
    /// <summary>Samples of a word.</summary>
    public const int WordSamples = 4_800;

    private int _active;

    public string Name => name;

    public IReadOnlyList<string> Voices { get; } = ["tone"];

    public TimeSpan FirstAudioLatency { get; set; } = TimeSpan.Zero;

    public TimeSpan ChunkInterval { get; set; } = TimeSpan.Zero;

    /// <summary>Every call fails before its first audio.</summary>
    public bool Fails { get; set; }

    /// <summary>Every call hangs before its first audio.</summary>
    public bool Hangs { get; set; }

    /// <summary>Calls that run now.</summary>
    public int Active => Volatile.Read(ref _active);

    public bool Supports(string language) => true;

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _active);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Fails) { throw new VoiceException(VoiceStage.Tts, "Simulated failure."); }
            if (Hangs) { await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken); }
            if (FirstAudioLatency > TimeSpan.Zero) { await Task.Delay(FirstAudioLatency, time, cancellationToken); }
            long start = 0;
            var offset = 0;
            foreach (var word in request.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (start > 0 && ChunkInterval > TimeSpan.Zero) { await Task.Delay(ChunkInterval, time, cancellationToken); }
                offset = request.Text.IndexOf(word, offset, StringComparison.Ordinal);
                yield return new SpeechChunk(
                    Tone(WordSamples), 16_000, [new PhoneSpan("aa", start, WordSamples)], [new VisemeSpan(Viseme.AA, start, WordSamples)],
                    [new WordSpan(word, offset, start, WordSamples)]);
                start += WordSamples;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _active);
        }
    }

    /// <summary>A tone that <see cref="SimulatedVad"/> takes for speech.</summary>
    public static short[] Tone(int samples)
    {
        var tone = new short[samples];
        for (var i = 0; i < samples; i++) { tone[i] = (short)(8_000 * Math.Sin(2 * Math.PI * 220 * i / 16_000)); }
        return tone;
    }
}
