using Parley.Transports.Protocol;

namespace Parley.Turns;

/// <summary>Ends a turn after a fixed silence that the patience profile sets.</summary>
public sealed class SilenceTurnDetector(TurnOptions options) : ITurnDetector
{
    public string Name => "silence";

    public TurnDecision Decide(in TurnSignals signals)
    {
        var required = signals.Patience switch
        {
            Patience.Quick => options.QuickSilence,
            Patience.Learner => options.LearnerSilence,
            _ => options.NormalSilence,
        };
        return new TurnDecision(signals.Silence >= required, required, signals.Patience switch
        {
            Patience.Quick => "silence (quick)",
            Patience.Learner => "silence (learner)",
            _ => "silence (normal)",
        });
    }
}
