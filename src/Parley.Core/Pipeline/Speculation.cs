using Parley.Asr;
using Parley.Replies;

namespace Parley.Pipeline;

/// <summary>
/// Speculate early, commit late: drafts the reply while the endpoint's silence still runs, and keeps it only if the turn ends with the same
/// words. Nothing of a draft is sent and no tool runs before that.
/// </summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class Speculation(PipelineContext context, Floor floor, Answering answering, Responding responding)
{
    private readonly SpeculationOptions _options = context.Speculation;
    private readonly SpeculationBudget _budget = new(context.Speculation);

    /// <summary>The recogniser understood something of <paramref name="utterance"/>.</summary>
    public void OnPartial(Utterance utterance, PartialTranscript partial)
    {
        if (floor.Reply is not null || !responding.CanBeDrafted || utterance.IsFinishing || !_budget.Allows || !IsProbablyAll(utterance, partial)) { return; }
        var (words, confidence) = (SpokenText.Normalize(partial.Text), partial.Settled?.Confidence);
        if (words.Length == 0 || (utterance.Draft is { } draft && Stands(draft, words, confidence))) { return; }
        Discard(utterance);
        utterance.Draft = new Draft(words, confidence, answering.DraftReply(utterance.Turn, partial.Text, confidence));
        context.Metrics.DraftBegun();
    }

    /// <summary>The turn ended with <paramref name="final"/>.</summary>
    /// <returns>The draft, if it answers just that; else null.</returns>
    public Reply? Take(Utterance utterance, FinalTranscript final)
    {
        _budget.EndTurn();
        if (utterance.Draft is not { } draft) { return null; }
        if (draft.Words != SpokenText.Normalize(final.Text) || !IsSure(draft, final) || draft.Reply.HasFailed)
        {
            Discard(utterance);
            return null;
        }
        utterance.Draft = null;
        _budget.Count(kept: true);
        context.Metrics.DraftKept();
        return draft.Reply;
    }

    /// <summary>The draft answers what was not said, or not in this light.</summary>
    public void Discard(Utterance? utterance)
    {
        if (utterance?.Draft is null) { return; }
        floor.DropDraft(utterance);
        _budget.Count(kept: false);
    }

    /// <summary>What the recogniser has settled on stands until the user goes on, and the same words need no second draft.</summary>
    private bool Stands(Draft draft, string words, double? confidence) => confidence is null
        ? draft.Confidence is not null || draft.Words == words
        : draft.Words == words && (draft.Confidence is null ? confidence >= _options.MinConfidence : draft.Confidence == confidence);

    /// <summary>The recogniser has decided, or the user is silent after words that stand, or has said an offered answer whole.</summary>
    private bool IsProbablyAll(Utterance utterance, PartialTranscript partial)
    {
        if (partial.Settled is not null) { return true; }
        if (partial.StableLength < partial.Text.Length) { return false; }
        return utterance.IsPaused || answering.Hints?.Answers.Any(a => SpokenText.Normalize(a) == SpokenText.Normalize(partial.Text)) == true;
    }

    private bool IsSure(Draft draft, FinalTranscript final) =>
        draft.Confidence is { } confidence ? confidence.Equals(final.Confidence) : final.Confidence >= _options.MinConfidence;
}
