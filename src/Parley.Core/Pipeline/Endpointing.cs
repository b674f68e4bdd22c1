using Parley.Turns;
using Parley.Vad;

namespace Parley.Pipeline;

/// <summary>Tells when the user's turn is over: asks the turn detector at each silent window, and bounds the utterance.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class Endpointing(PipelineContext context)
{
    /// <summary>The user opened the turn by hand and will end it by hand.</summary>
    public bool IsHandHeld { get; set; }

    /// <summary>One more window of <paramref name="utterance"/> was heard.</summary>
    /// <returns>Why the turn ends now; null while it goes on.</returns>
    public TurnDecision? OnWindow(Utterance utterance, SegmenterUpdate speech)
    {
        var tooLong = utterance.Duration >= context.Options.MaxUtterance;
        if ((speech.IsVoiced || IsHandHeld) && !tooLong) { return null; }
        var decision = context.Engines.Turn.Decide(
            new TurnSignals(speech.SilenceSoFar, speech.SpeechSoFar, utterance.Partial, context.Config.Turn!.Patience!.Value));
        return tooLong ? decision with { EndsTurn = true, Reason = "longest utterance" } : decision.EndsTurn ? decision : null;
    }
}
