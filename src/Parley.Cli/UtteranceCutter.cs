using Parley.Audio;
using Parley.Vad;

namespace Parley.Cli;

/// <summary>Cuts a long recording into utterances at its pauses: recognisers are made for utterances, not for minutes.</summary>
internal static class UtteranceCutter
{
    /// <summary>What is no longer than this is one utterance, whatever pauses it has.</summary>
    private static readonly TimeSpan s_whole = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(350), s_shortest = TimeSpan.FromSeconds(3);

    /// <summary>Gives the pieces in order; together they are the recording.</summary>
    public static async Task<IReadOnlyList<AudioFrame>> CutAsync(short[] samples, IVoiceActivityDetector detector, CancellationToken cancellationToken)
    {
        if (AudioMath.DurationOf(samples.Length, AudioMath.SpeechRate) <= s_whole) { return [Piece(samples, 0, samples.Length)]; }
        var (pieces, begin) = (new List<AudioFrame>(), 0);
        var segmenter = new SpeechSegmenter(new VadOptions(), detector.WindowSamples);
        using var stream = detector.OpenStream();
        for (var at = 0; at + detector.WindowSamples <= samples.Length; at += detector.WindowSamples)
        {
            var speech = segmenter.Push(await stream.DetectAsync(samples.AsMemory(at, detector.WindowSamples), cancellationToken));
            var length = AudioMath.DurationOf(at - begin, AudioMath.SpeechRate);
            if ((speech.SilenceSoFar >= s_pause && length >= s_shortest) || length >= s_whole)
            {
                pieces.Add(Piece(samples, begin, at));
                begin = at;
            }
        }
        pieces.Add(Piece(samples, begin, samples.Length));
        return pieces;
    }

    private static AudioFrame Piece(short[] samples, int begin, int end) =>
        new(samples.AsMemory(begin, end - begin), AudioMath.SpeechRate, AudioMath.DurationOf(begin, AudioMath.SpeechRate));
}
