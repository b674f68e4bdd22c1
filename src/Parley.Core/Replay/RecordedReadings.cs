using Parley.Recording;
using Parley.Timeline;
using Parley.Turns.Interruptions;

namespace Parley.Replay;

/// <summary>The readings of a leg. Where its audio was kept, sounds are measured anew.</summary>
internal sealed class RecordedReadings(ReplayLeg leg) : IRecordedReadings
{
    private readonly Dictionary<(uint, PlaybackPurpose), Queue<long>> _positions = leg.Entries.Where(e => e.Kind == TimelineKinds.Position)
        .Select(e => TimelineJson.Decode(e, TimelineJsonContext.Default.PositionRead))
        .GroupBy(r => (r.GenerationId, r.Purpose)).ToDictionary(g => g.Key, g => new Queue<long>(g.Select(r => r.Sample)));

    private readonly Queue<SoundShape> _sounds = new(leg.HasAudio ? [] : leg.Entries.Where(e => e.Kind == TimelineKinds.Sound)
        .Select(e => TimelineJson.Decode(e, TimelineJsonContext.Default.SoundRead).Shape));

    public long? NextPosition(uint generation, PlaybackPurpose purpose) =>
        _positions.TryGetValue((generation, purpose), out var read) && read.TryDequeue(out var sample) ? sample : null;

    public SoundShape? NextSound() => _sounds.TryDequeue(out var sound) ? sound : null;
}
