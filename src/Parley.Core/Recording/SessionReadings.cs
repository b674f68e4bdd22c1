using Parley.Timeline;
using Parley.Turns.Interruptions;

namespace Parley.Recording;

/// <summary>What decisions were made from that a replay cannot measure again: playback positions come from a clock, sounds from audio that may not have been kept.</summary>
/// <param name="timeline">Where they are noted.</param>
/// <param name="recorded">In a replay: what was read then; else null.</param>
internal sealed class SessionReadings(SessionTimeline timeline, IRecordedReadings? recorded)
{
    /// <returns>The position to decide by: <paramref name="measured"/>, or what was measured when the session was recorded.</returns>
    public long Read(uint generation, PlaybackPurpose purpose, long measured)
    {
        var position = recorded?.NextPosition(generation, purpose) ?? measured;
        timeline.Add(TimelineKinds.Position, new PositionRead(generation, purpose, position));
        return position;
    }

    /// <returns>The sound to judge by: <paramref name="measured"/>, or what was measured when the session was recorded.</returns>
    public SoundShape Read(SoundShape measured)
    {
        var sound = recorded?.NextSound() ?? measured;
        timeline.Add(TimelineKinds.Sound, new SoundRead(sound));
        return sound;
    }
}

/// <summary>A position that was read.</summary>
internal sealed record PositionRead(uint GenerationId, PlaybackPurpose Purpose, long Sample);

/// <summary>A sound that an interruption was judged by.</summary>
internal sealed record SoundRead(SoundShape Shape);
