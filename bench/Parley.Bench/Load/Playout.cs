using System.Diagnostics;
using Parley.Audio;
using Parley.Transports;

namespace Parley.Bench.Load;

/// <summary>
/// Plays as a client without a jitter buffer does: a generation begins with its first packet. A packet that comes after the one before it
/// was played out left a gap that the listener hears.
/// </summary>
/// <remarks>Thread-safe: packets come from the receiver, the position is asked for by the microphone.</remarks>
internal sealed class Playout
{
    private readonly Lock _lock = new();
    private uint _generation, _segment;
    private long _start, _end;

    /// <summary>Frames of 20 ms that came too late for gapless playback, within a segment.</summary>
    public long Late { get; private set; }

    /// <summary>Frames of 20 ms that never came: holes in the row of sample offsets.</summary>
    public long Missing { get; private set; }

    public long Packets { get; private set; }

    /// <summary>The generation that is playing and the sample that is heard.</summary>
    public (uint Generation, long Played, bool Finished) Position
    {
        get
        {
            lock (_lock)
            {
                var played = Math.Min(_end, Samples(Stopwatch.GetElapsedTime(_start)));
                return (_generation, played, played == _end);
            }
        }
    }

    public void Add(AudioPacket packet, long arrived)
    {
        lock (_lock)
        {
            Packets++;
            if (packet.GenerationId != _generation) { (_generation, _segment, _start, _end) = (packet.GenerationId, 0, arrived, 0); }
            var frame = packet.SampleRate / 50;
            Missing += Math.Max(0, packet.SampleOffset - _end + frame - 1) / frame;
            var late = Stopwatch.GetElapsedTime(_start, arrived) - AudioMath.DurationOf(packet.SampleOffset, packet.SampleRate);
            if (late > TimeSpan.Zero)
            {
                if (packet.Segment == _segment) { Late++; }
                _start += (long)(late.TotalSeconds * Stopwatch.Frequency);
            }
            (_segment, _end) = (packet.Segment, packet.SampleOffset + packet.Samples.Length);
        }
    }

    private static long Samples(TimeSpan time) => AudioMath.SamplesIn(time, AudioMath.SpeechRate);
}
