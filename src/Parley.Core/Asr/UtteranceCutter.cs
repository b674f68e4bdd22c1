using System.Runtime.CompilerServices;
using Parley.Audio;
using Parley.Vad;

namespace Parley.Asr;

/// <summary>Cuts a long recording into utterances at its pauses: recognisers are made for utterances, not for minutes.</summary>
/// <remarks>Holds no more than one utterance, however long the recording is.</remarks>
public static class UtteranceCutter
{
    /// <summary>What is no longer than this is one utterance, whatever pauses it has.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(350), s_shortest = TimeSpan.FromSeconds(3);

    /// <summary>Gives the utterances in order; together they are the recording.</summary>
    /// <param name="audio">The recording at <see cref="AudioMath.SpeechRate"/>, in pieces of any length.</param>
    /// <param name="detector">What hears the pauses.</param>
    /// <param name="cancellationToken">Stops the enumeration, which then throws.</param>
    /// <exception cref="Diagnostics.VoiceException">The detector failed.</exception>
    public static async IAsyncEnumerable<AudioFrame> CutAsync(
        IEnumerable<ReadOnlyMemory<short>> audio, IVoiceActivityDetector detector, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var whole = AudioMath.SamplesIn(Longest, AudioMath.SpeechRate);
        var (segmenter, windows) = (new SpeechSegmenter(new VadOptions(), detector.WindowSamples), new FrameAssembler(detector.WindowSamples));
        var (held, taken, begin) = (new List<short>(), 0L, 0L);
        var cuts = new Queue<long>();
        using var stream = detector.OpenStream();
        foreach (var piece in audio)
        {
            held.AddRange(piece.Span);
            var input = piece;
            while (windows.TryTake(ref input, out var window))
            {
                var speech = segmenter.Push(await stream.DetectAsync(window, cancellationToken));
                var length = AudioMath.DurationOf(windows.Position - begin, AudioMath.SpeechRate);
                if ((speech.SilenceSoFar >= s_pause && length >= s_shortest) || length >= Longest) { cuts.Enqueue(begin = windows.Position); }
            }
            // Until then it may be short enough to stay whole.
            while (windows.Position > whole && cuts.TryDequeue(out var cut)) { yield return Take(cut); }
        }
        if (held.Count > 0) { yield return Take(taken + held.Count); }

        AudioFrame Take(long end)
        {
            var samples = new short[end - taken];
            held.CopyTo(0, samples, 0, samples.Length);
            held.RemoveRange(0, samples.Length);
            var frame = new AudioFrame(samples, AudioMath.SpeechRate, AudioMath.DurationOf(taken, AudioMath.SpeechRate));
            taken = end;
            return frame;
        }
    }
}
