using System.Runtime.CompilerServices;
using Parley.Audio;
using Parley.Server.Api.Audio;
using Parley.Timeline;

namespace Parley.Server.Api.Operations;

/// <summary>The user's recorded audio as a WAV that runs with session time: where nothing was recorded it is silent, so that it can be played beside the timeline.</summary>
internal static class RecordedAudio
{
    /// <summary>Pieces that lie closer than this follow each other: they came late, not apart.</summary>
    private static readonly TimeSpan s_jitter = TimeSpan.FromMilliseconds(200);

    private static readonly short[] s_silence = new short[AudioMath.SpeechRate];

    /// <summary>How many samples it has; 0: nothing was recorded.</summary>
    /// <exception cref="StoreException">The store cannot be read.</exception>
    public static async Task<long> MeasureAsync(ISessionStore store, string sessionId, CancellationToken cancellationToken)
    {
        var end = 0L;
        await foreach (var (start, samples) in PiecesAsync(store, sessionId, cancellationToken)) { end = start + samples.Length; }
        return end;
    }

    /// <summary>Writes it.</summary>
    /// <param name="store">Where the session is.</param>
    /// <param name="sessionId">Which.</param>
    /// <param name="length">What <see cref="MeasureAsync"/> gave; what was recorded since is left out.</param>
    /// <param name="output">Takes the file; stays open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteAsync(ISessionStore store, string sessionId, long length, Stream output, CancellationToken cancellationToken)
    {
        using var buffer = new ForwardBuffer();
        using var wav = new WavWriter(buffer, AudioMath.SpeechRate, leaveOpen: true, samples: length);
        await foreach (var (start, samples) in PiecesAsync(store, sessionId, cancellationToken))
        {
            if (start + samples.Length > length) { break; }
            while (start - wav.SamplesPerChannel is > 0 and var gap)
            {
                wav.Write(s_silence.AsSpan(0, (int)Math.Min(gap, s_silence.Length)));
                await output.WriteAsync(buffer.Take(), cancellationToken);
            }
            wav.Write(samples);
            await output.WriteAsync(buffer.Take(), cancellationToken);
        }
    }

    private static async IAsyncEnumerable<(long Start, short[] Samples)> PiecesAsync(
        ISessionStore store, string sessionId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = 0L;
        await foreach (var entry in store.ReadAsync(sessionId, [TimelineKinds.Audio], cancellationToken: cancellationToken))
        {
            var samples = Pcm16.ToSamples(entry.Data.Span);
            // An entry is noted when its audio has come, so it began that much earlier.
            var start = AudioMath.SamplesIn(entry.At, AudioMath.SpeechRate) - samples.Length;
            if (start - end < AudioMath.SamplesIn(s_jitter, AudioMath.SpeechRate)) { start = end; }
            yield return (start, samples);
            end = start + samples.Length;
        }
    }
}
