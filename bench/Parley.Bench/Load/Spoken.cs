using Parley.Audio;
using Parley.Tts;

namespace Parley.Bench.Load;

/// <summary>A synthesiser's speech as a recogniser takes it.</summary>
internal static class Spoken
{
    /// <summary>Says a text.</summary>
    /// <returns>All of it, at 16 kHz.</returns>
    public static async Task<short[]> ReadAsync(ISpeechSynthesizer synthesizer, string voice, string text, CancellationToken cancellationToken = default)
    {
        var (samples, rate) = (new List<short>(), AudioMath.SpeechRate);
        await foreach (var chunk in synthesizer.SynthesizeAsync(new SpeechRequest(text, voice), cancellationToken))
        {
            samples.AddRange(chunk.Samples.Span);
            rate = chunk.SampleRate;
        }
        var speech = samples.ToArray();
        return rate == AudioMath.SpeechRate ? speech : Resampler.Convert(speech, rate, AudioMath.SpeechRate);
    }
}
