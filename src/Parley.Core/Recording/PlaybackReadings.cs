using Parley.Timeline;

namespace Parley.Recording;

/// <summary>The playback positions that decisions were made from. They come from a clock, so a replay needs those that were read.</summary>
/// <param name="timeline">Where they are noted.</param>
/// <param name="recorded">In a replay: the next position that was read for this purpose; null once there is none.</param>
internal sealed class PlaybackReadings(SessionTimeline timeline, Func<uint, PlaybackPurpose, long?>? recorded)
{
    /// <returns>The position to decide by: <paramref name="measured"/>, or what was measured when the session was recorded.</returns>
    public long Read(uint generation, PlaybackPurpose purpose, long measured)
    {
        var position = recorded?.Invoke(generation, purpose) ?? measured;
        timeline.Add(TimelineKinds.Position, new PositionRead(generation, purpose, position));
        return position;
    }
}

/// <summary>A position that was read.</summary>
internal sealed record PositionRead(uint GenerationId, PlaybackPurpose Purpose, long Sample);
