using System.Runtime.CompilerServices;
using Parley.Diagnostics;
using Parley.Learning.Discourse;
using Parley.Learning.Grammar;
using Parley.Learning.Pronunciation;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Learning.Feedback;

/// <summary>Looks at a learner's turn: what is wrong with its grammar, how it was pronounced, whether it stays with what went before.</summary>
/// <remarks>Thread-safe. A stage that fails is left out and named as degraded; what cannot be judged, such as noise, is left out without a word.</remarks>
/// <param name="assessor">Judges pronunciation; gives null where there is none here.</param>
/// <param name="corrector">Corrects; gives null where there is none here.</param>
/// <param name="coherence">Judges how turns hang together.</param>
/// <param name="journal">Keeps what was found of learners who say who they are; null: nobody is remembered.</param>
/// <param name="explainer">Has a language model look at what the rules have looked at; null: none is asked.</param>
public sealed class TurnCoach(
    Func<PronunciationAssessor?> assessor, Func<Corrector?> corrector, Func<CoherenceJudge> coherence, Func<LearnerJournal?> journal, TurnExplainer? explainer = null) : ITurnCoach
{
    /// <summary>A word that is told at once.</summary>
    private const double Poor = 60;

    private readonly AssessmentsAhead _ahead = new();

    public void Expect(SpokenTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (turn.Config.Feedback?.Pronunciation == true && turn.Audio.Count > 0) { _ahead.Begin(turn, stop => JudgeAsync(turn, stop)); }
    }

    public async IAsyncEnumerable<ServerMessage> CoachAsync(SpokenTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var (asked, degraded) = (turn.Config.Feedback ?? new FeedbackConfig(), new List<FeedbackStage>());

        // The longest of the stages goes on under the quick ones.
        var judging = asked.Pronunciation == true && turn.Audio.Count > 0
            ? _ahead.Take(turn) ?? Task.Run(() => JudgeAsync(turn, cancellationToken), cancellationToken) : Task.FromResult<Assessment?>(null);

        var request = new CorrectionRequest(turn.Text, IsSpoken: turn.Transcript is not null, turn.Transcript?.Words.Select(w => w.Confidence).ToArray());
        var byRules = asked.Grammar == true ? Correct(request, degraded) : null;
        var explaining = byRules is null || explainer is null ? Task.FromResult<Correction?>(null) : explainer.ExplainAsync(turn, request, byRules, cancellationToken);
        foreach (var found in Report(turn, byRules)) { yield return Delta(turn, found, FeedbackStage.Grammar); }

        var assessment = await AssessmentAsync(judging, degraded, cancellationToken);
        foreach (var delta in PronunciationReport.Deltas(turn, assessment, Poor)) { yield return delta; }

        var discourse = asked.Discourse == true ? await DiscourseAsync(turn, degraded, cancellationToken) : null;
        var explained = await explaining;
        var corrections = byRules is null ? null : Report(turn, explained ?? byRules);
        foreach (var found in corrections?.Where(c => c.Source == CorrectionSource.Model) ?? []) { yield return Delta(turn, found, FeedbackStage.Explanation); }
        if (explained is { IsDegraded: true }) { degraded.Add(FeedbackStage.Explanation); }
        if (turn.LearnerId is not null && journal()?.Problem is not null) { degraded.Add(FeedbackStage.Memory); }
        yield return new FeedbackFinal(turn.TurnId, turn.Text, Confidence(turn, assessment))
        {
            Pronunciation = assessment is null ? null : PronunciationReport.Of(assessment),
            GrammarCorrections = corrections,
            Discourse = discourse,
            Degraded = degraded.Count > 0 ? [.. degraded.Order()] : null,
        };
        if (turn.LearnerId is { } learner && journal() is { } kept) { await kept.WriteAsync(learner, turn, assessment, corrections ?? [], cancellationToken); }
    }

    public async Task AcknowledgeAsync(string? learnerId, FeedbackAck ack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ack);
        if (learnerId is not null && journal() is { } kept) { await kept.AcknowledgeAsync(learnerId, ack, cancellationToken); }
    }

    private async Task<Assessment?> JudgeAsync(SpokenTurn turn, CancellationToken cancellationToken)
    {
        var judge = assessor() ?? throw new VoiceException(VoiceStage.Coach, "Nothing here judges pronunciation.");
        short[] samples = [.. turn.Audio.SelectMany(frame => frame.Samples.ToArray())];
        return (await judge.AssessAsync(turn.Config.Feedback?.TargetText ?? turn.Text, samples, cancellationToken)).WithoutDoubt();
    }

    private static async Task<Assessment?> AssessmentAsync(Task<Assessment?> judging, List<FeedbackStage> degraded, CancellationToken cancellationToken)
    {
        try
        {
            return await judging.WaitAsync(cancellationToken);
        }
        catch (VoiceException e)
        {
            if (e.Class != FailureClass.UserInput) { degraded.Add(FeedbackStage.Pronunciation); }
            return null;
        }
    }

    private Correction? Correct(CorrectionRequest request, List<FeedbackStage> degraded)
    {
        try
        {
            if (corrector() is { } found) { return found.Correct(request); }
        }
        catch (VoiceException)
        {
            // Said below.
        }
        degraded.Add(FeedbackStage.Grammar);
        return null;
    }

    /// <summary>The corrections as clients are told them; those of the rules have the same names whatever a model adds.</summary>
    private static List<GrammarCorrection> Report(SpokenTurn turn, Correction? correction)
    {
        var (rules, models) = (0, 0);
        return [.. (correction?.Edits ?? []).Select(edit => new GrammarCorrection(
            edit.Source == EditSource.Model ? $"{turn.TurnId}-m{models++}" : $"{turn.TurnId}-g{rules++}", [edit.Start, edit.End], edit.Original, edit.Correction, edit.Rule, edit.Explain,
            edit.Source == EditSource.Model ? CorrectionSource.Model : CorrectionSource.Rule))];
    }

    private static FeedbackDelta Delta(SpokenTurn turn, GrammarCorrection found, FeedbackStage stage) => new(turn.TurnId, found.ItemId, stage, new FeedbackItem(found.Span, found.Original)
    {
        Correction = found.Correction, Rule = found.Rule, Explain = found.Explain, Source = found.Source,
    });

    private async Task<DiscourseFeedback?> DiscourseAsync(SpokenTurn turn, List<FeedbackStage> degraded, CancellationToken cancellationToken)
    {
        var judged = await coherence().JudgeAsync(turn.Text, turn.Before, cancellationToken);
        if (judged is { IsDegraded: true }) { degraded.Add(FeedbackStage.Discourse); }
        var match = turn.Config.Feedback?.TargetText is { } model ? await coherence().MatchAsync(turn.Text, model, cancellationToken) : null;
        return judged is null && match is null ? null : new DiscourseFeedback(judged?.Score) { AnswerMatch = match };
    }

    private static double Confidence(SpokenTurn turn, Assessment? assessment) =>
        Math.Round(Math.Min(turn.Transcript?.Confidence ?? 1, assessment?.Confidence ?? 1), 2);
}
