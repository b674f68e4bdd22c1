using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Testing.Simulated;

/// <summary>Ends a turn after a fixed silence, so that a test knows when.</summary>
public sealed class SilenceTurnDetector : ITurnDetector
{
    public TimeSpan Quick { get; set; } = TimeSpan.FromMilliseconds(256);

    public TimeSpan Normal { get; set; } = TimeSpan.FromMilliseconds(352);

    public TimeSpan Learner { get; set; } = TimeSpan.FromMilliseconds(1_200);

    public string Name => "silence";

    public TurnDecision Decide(in TurnSignals signals)
    {
        var required = signals.Patience switch { Patience.Quick => Quick, Patience.Learner => Learner, _ => Normal };
        return new TurnDecision(signals.Silence >= required, required, "silence");
    }
}
