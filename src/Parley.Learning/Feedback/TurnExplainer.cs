using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Learning.Grammar;
using Parley.Learning.Grammar.Models;
using Parley.Turns.Coaching;

namespace Parley.Learning.Feedback;

/// <summary>Has a large language model look at what learners say, where the sentence is worth the call.</summary>
/// <remarks>
/// Thread-safe. It is worth it where there is a sentence, the recogniser was sure enough of it, and the rules have not rewritten it already; and each conversation may only ask so often.
/// </remarks>
/// <param name="model">The model for a turn; null: none may be asked, because none is there or the learner has not agreed.</param>
/// <param name="options">How it is asked, and how often.</param>
/// <param name="time">The clock.</param>
public sealed class TurnExplainer(Func<SpokenTurn, ValueTask<IChatClient?>> model, ModelCorrectorOptions options, TimeProvider time)
{
    private const int FewWords = 5;

    private const double Sure = 0.7, MuchCorrected = 0.34;

    private readonly CallBudget _budget = new(options.CallsPerMinute, time);

    /// <summary>Asks about a turn.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="request">Its text, as it was given to the rules.</param>
    /// <param name="byRules">What they found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What rules and model found together, <see cref="Correction.IsDegraded"/> where the model failed; null where it was not asked.</returns>
    public async Task<Correction?> ExplainAsync(SpokenTurn turn, CorrectionRequest request, Correction byRules, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(byRules);
        if (!IsWorthIt(turn, byRules)) { return null; }
        try
        {
            if (await model(turn) is not { } client || !_budget.TryTake(turn.SessionId)) { return null; }
            return await new ModelCorrector(client, time, options).CorrectAsync(byRules, request, cancellationToken);
        }
        catch (VoiceException)
        {
            return byRules with { IsDegraded = true };
        }
    }

    private static bool IsWorthIt(SpokenTurn turn, Correction byRules)
    {
        var words = turn.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return words >= FewWords && turn.Transcript is null or { Confidence: >= Sure } && byRules.Edits.Count <= MuchCorrected * words;
    }
}
