using Parley.Timeline;
using Parley.Turns;

namespace Parley.Recording;

/// <summary>Notes what was known at each silent window: without the user's audio a replay cannot hear how their voice ended.</summary>
internal sealed class RecordingTurnDetector(ITurnDetector inner, SessionTimeline timeline) : ITurnDetector
{
    public string Name => inner.Name;

    public TurnDecision Decide(in TurnSignals signals)
    {
        timeline.Add(TimelineKinds.TurnSignals, new RecordedSignals(signals));
        return inner.Decide(signals);
    }
}
