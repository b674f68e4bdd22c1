using Parley.Recording;
using Parley.Turns;

namespace Parley.Replay;

/// <summary>Today's turn detector, told what a replay cannot find out by itself: how the voice ended, and what a model made of it.</summary>
internal sealed class RecordedTurnDetector(ITurnDetector today, Queue<RecordedSignals> recorded, bool hasAudio) : ITurnDetector
{
    public string Name => today.Name;

    public TurnDecision Decide(in TurnSignals signals)
    {
        if (!recorded.TryDequeue(out var then)) { return today.Decide(signals); }
        return today.Decide(hasAudio ? signals with { Model = then.Signals.Model } : signals with { Model = then.Signals.Model, Prosody = then.Signals.Prosody });
    }
}
