using System.Globalization;
using System.Text;
using Parley.Transports.Protocol;
using Parley.Turns.Endpointing;

namespace Parley.Turns;

/// <summary>Adds up what speaks for the end of the turn and against it, and waits the longer the less certain the end is.</summary>
/// <remarks>
/// The sum is the log-odds of a logistic model (<see cref="EndpointEvidence"/>); the session's patience says how much silence they are worth
/// (<see cref="TurnProfile"/>). Why it decided so is in the decision's reason: each piece of evidence by its name, with its log-odds.
/// </remarks>
public sealed class EvidenceTurnDetector : ITurnDetector
{
    // Less is not worth a word in the timeline.
    private const double Mentioned = 0.25;

    private readonly TurnProfile _quick, _normal, _learner;

    /// <summary>The detector as it is configured.</summary>
    public EvidenceTurnDetector(TurnOptions options)
        : this(TurnProfiles.Quick(options), TurnProfiles.Normal(options), TurnProfiles.Learner(options))
    {
    }

    /// <summary>A detector with profiles of one's own, such as for a curve of thresholds.</summary>
    public EvidenceTurnDetector(TurnProfile quick, TurnProfile normal, TurnProfile learner) => (_quick, _normal, _learner) = (quick, normal, learner);

    public string Name => "evidence";

    public TurnDecision Decide(in TurnSignals signals)
    {
        var profile = signals.Patience switch { Patience.Quick => _quick, Patience.Learner => _learner, _ => _normal };
        var required = profile.RequiredSilence(EndpointEvidence.Weigh(signals));
        // The reasons are written once, not at each window that the turn goes on.
        return signals.Silence < required ? new(false, required, "") : new(true, required, Explain(signals, profile));
    }

    private static string Explain(in TurnSignals signals, TurnProfile profile)
    {
        var evidence = new List<Evidence>();
        var sum = EndpointEvidence.Weigh(signals, evidence);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{profile.Name}: over with {1 / (1 + Math.Exp(-sum)):0.00}");
        foreach (var (name, logOdds) in evidence.Where(e => Math.Abs(e.LogOdds) >= Mentioned).OrderByDescending(e => Math.Abs(e.LogOdds)))
        {
            text.Append(CultureInfo.InvariantCulture, $", {name} {logOdds:+0.0;-0.0}");
        }
        return text.ToString();
    }
}
