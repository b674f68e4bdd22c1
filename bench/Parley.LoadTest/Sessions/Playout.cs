using System.Diagnostics;
using Parley.Audio;

namespace Parley.LoadTest.Sessions;

/// <summary>Plays as a client with a small cushion does: a packet that comes after the cushion has run dry leaves a gap that the listener hears.</summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="cushion">What is held back before a reply is played.</param>
internal sealed class Playout(TimeSpan cushion)
{
    private long _start, _arrived, _end;
    private uint _segment;

    public uint Generation { get; private set; }

    /// <summary>What of the reply has been heard.</summary>
    public long Played(long now) => Generation == 0 ? 0 : Math.Clamp(AudioMath.SamplesIn(Stopwatch.GetElapsedTime(_start, now), AudioMath.SpeechRate), 0, _end);

    /// <summary>Whether all that has come was heard.</summary>
    public bool IsPlayedOut(long now) => Played(now) >= _end;

    /// <summary>Takes a packet.</summary>
    /// <returns>How much later than its length after the one before it came, and whether there is a gap.</returns>
    public (TimeSpan Jitter, bool IsGap) Add(uint generation, uint segment, long offset, int samples, long arrived)
    {
        var isNew = generation != Generation;
        if (isNew)
        {
            (Generation, _segment, _end) = (generation, segment, offset);
            _start = arrived + Ticks(cushion) - Ticks(AudioMath.DurationOf(offset, AudioMath.SpeechRate));
        }
        // After a break the server goes on from where it last knew the listener to be: what has been here already makes no gap.
        if (offset + samples <= _end) { return (TimeSpan.Zero, false); }
        var late = Stopwatch.GetElapsedTime(_start, arrived) - AudioMath.DurationOf(offset, AudioMath.SpeechRate);
        // Between clauses the voice may still be at work: that is a pause, as people make them.
        var isGap = late > TimeSpan.Zero && segment == _segment && !isNew;
        if (late > TimeSpan.Zero) { _start += Ticks(late); }
        var jitter = isNew || segment != _segment ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_arrived, arrived) - AudioMath.DurationOf(samples, AudioMath.SpeechRate);
        (_segment, _arrived, _end) = (segment, arrived, offset + samples);
        return (jitter > TimeSpan.Zero ? jitter : TimeSpan.Zero, isGap);
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);
}
