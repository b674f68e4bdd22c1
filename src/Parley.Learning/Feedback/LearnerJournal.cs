using System.Collections.Concurrent;
using Parley.Learning.Facts;
using Parley.Learning.Learners;
using Parley.Learning.Memory;
using Parley.Learning.Pronunciation;
using Parley.Learning.Review;
using Parley.Lexicon;
using Parley.Transports.Protocol;
using Parley.Turns.Coaching;

namespace Parley.Learning.Feedback;

/// <summary>Writes down what was found in a turn: the learner's record, what they are to review, and what is remembered of it.</summary>
/// <remarks>Thread-safe. Failures are a <see cref="Timeline.StoreException"/>.</remarks>
/// <param name="store">The record.</param>
/// <param name="memories">What is remembered.</param>
/// <param name="reviews">What comes again.</param>
/// <param name="time">The clock.</param>
/// <param name="lexicon">Knows base forms; null: words stand as they were said.</param>
public sealed class LearnerJournal(ILearnerStore store, LearnerMemories memories, ReviewDesk reviews, TimeProvider time, IWordClasses? lexicon = null)
{
    /// <summary>Mistakes that may still be acknowledged.</summary>
    private const int MostPending = 4_096;

    /// <summary>What is less surely understood is no fact.</summary>
    private const double Sure = 0.6;

    // In the others learners play somebody.
    private static readonly string?[] s_ownScenarios = [null, "", "open", "smalltalk", "interview"];

    private readonly ConversationWindows _windows = new();
    private readonly ConcurrentDictionary<(string Learner, string Item), Mistake> _pending = new();

    /// <summary>Why less is remembered than should be; null: nothing is wrong.</summary>
    public string? Problem => memories.Problem;

    /// <summary>Keeps a turn.</summary>
    public async Task WriteAsync(
        string learnerId, SpokenTurn turn, Assessment? assessment, IReadOnlyList<GrammarCorrection> corrections, CancellationToken cancellationToken)
    {
        var corrected = Corrected(turn.Text, corrections);
        Mistake[] mistakes = [.. corrections.Select(c => new Mistake($"{turn.SessionId}-{c.ItemId}", MistakeKind.Grammar, c.Rule, c.Original, c.Correction, turn.Text) { Corrected = corrected, At = time.GetUtcNow() })];
        await store.AddAsync(
            new LearnerTurn(learnerId, turn.SessionId, turn.TurnId, time.GetUtcNow(), turn.Text)
            {
                Speech = turn.Transcript is { Words: [var first, .., var last] } ? last.End - first.Start : TimeSpan.Zero,
                Scores = assessment is null ? null : new TurnScores(assessment.Total, assessment.Accuracy, assessment.Fluency, assessment.Prosody),
                Mistakes = mistakes,
                Words = WordsOf(turn.Text, assessment, corrections),
                Phones = [.. assessment?.Words.SelectMany(w => w.Phones).Select(p => new PhoneUse(p.Phone, p.Score)) ?? []],
            },
            cancellationToken);
        // What was said wrong again is no success, though its correction is the answer.
        if (corrections.Count == 0) { await reviews.RecogniseAsync(learnerId, turn.Text, assessment?.Accuracy, cancellationToken); }
        foreach (var (mistake, found) in mistakes.Zip(corrections))
        {
            await reviews.AddAsync(learnerId, mistake, cancellationToken);
            if (_pending.Count < MostPending) { _pending[(learnerId, found.ItemId)] = mistake; }
        }
        if (IsOfThemselves(turn) && FactReader.Read(corrected, time.GetUtcNow()) is { Count: > 0 } facts) { await store.SaveAsync(learnerId, facts, cancellationToken); }
        if (_windows.Take(turn, time.GetUtcNow()) is { Count: > 0 } windows) { await memories.AddAsync(learnerId, windows, cancellationToken); }
    }

    /// <summary>The learner did something with a correction: what was said again right comes later, what was put away does not come at all.</summary>
    public async Task AcknowledgeAsync(string learnerId, FeedbackAck ack, CancellationToken cancellationToken)
    {
        if (!_pending.TryRemove((learnerId, ack.ItemId!), out var mistake)) { return; }
        foreach (var item in reviews.Make(learnerId, mistake))
        {
            switch (ack.Action)
            {
                case FeedbackAction.Dismissed: await store.DeleteReviewAsync(learnerId, item.Id, cancellationToken); break;
                case FeedbackAction.Repeated: await reviews.ReviewAsync(learnerId, item.Id, Rating.Good, cancellationToken); break;
            }
        }
    }

    private static bool IsOfThemselves(SpokenTurn turn) => s_ownScenarios.Contains(turn.Config.Scenario) && turn.Transcript is null or { Confidence: >= Sure };

    private static string Corrected(string text, IReadOnlyList<GrammarCorrection> corrections)
    {
        foreach (var c in corrections.OrderByDescending(c => c.Span[0])) { text = string.Concat(text.AsSpan(0, c.Span[0]), c.Correction, text.AsSpan(c.Span[1])); }
        return text;
    }

    private List<WordUse> WordsOf(string text, Assessment? assessment, IReadOnlyList<GrammarCorrection> corrections)
    {
        var (found, at) = (new List<WordUse>(), 0);
        var scores = (assessment?.Words ?? []).Where(w => w.Accuracy is not null).GroupBy(w => Bare(w.Text)).ToDictionary(g => g.Key, g => g.Min(w => w.Accuracy));
        foreach (var token in text.Split(' '))
        {
            var (start, end) = (at, at + token.Length);
            at = end + 1;
            var word = Bare(token);
            if (!word.Any(char.IsLetter)) { continue; }
            var lemma = lexicon?.Read(word).OrderByDescending(r => r.Count).Select(r => r.Base).FirstOrDefault() ?? word;
            found.Add(new WordUse(lemma, scores.GetValueOrDefault(word), !corrections.Any(c => c.Span[0] < end && c.Span[1] > start)));
        }
        return found;
    }

    private static string Bare(string token) => token.Trim('.', ',', '!', '?', ';', ':', '"', '(', ')', '“', '”').ToLowerInvariant();
}
