using Microsoft.Extensions.AI;
using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar.Models;

/// <summary>Adds to what rules found what only a large language model can know.</summary>
/// <remarks>Thread-safe. Whether the text may be sent to the model is for its caller to decide.</remarks>
public sealed class ModelCorrector(IChatClient model, TimeProvider time, ModelCorrectorOptions? options = null)
{
    private const string Rule = "model", Explain = "A native speaker would say it so.";

    private readonly ModelCorrectorOptions _options = options ?? new ModelCorrectorOptions();

    /// <summary>Asks the model about the same text.</summary>
    /// <param name="byRules">What rules found in it; stays, and goes before what the model says of the same words.</param>
    /// <param name="request">The request that <paramref name="byRules"/> answers.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Both, each edit marked with who says so; what rules found alone, and degraded, where the model fails, is late, or answers no correction.</returns>
    /// <exception cref="OperationCanceledException">The caller has cancelled.</exception>
    public async Task<Correction> CorrectAsync(Correction byRules, CorrectionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(byRules);
        ArgumentNullException.ThrowIfNull(request);
        var text = request.Text;
        if (text.Length > _options.MaxCharacters || !text.Any(char.IsLetter)) { return byRules; }
        try
        {
            var answer = await AskAsync(new ModelQuestion(text, request.IsSpoken), cancellationToken);
            return EditMerger.Merge(byRules, Edits(text, answer, request));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return byRules with { IsDegraded = true };
        }
    }

    private async Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        // A client that does not notice that it is cancelled is not waited for either.
        var response = await model.GetResponseAsync(question.ToMessages(), ModelQuestion.Options(), both.Token).WaitAsync(both.Token);
        return ModelAnswer.Read(response.Text);
    }

    private IEnumerable<Edit> Edits(string text, ModelAnswer answer, CorrectionRequest request)
    {
        var tokens = Doubts.Mark(Tokenizer.Tokenize(text), request).ToList();
        var edits = TextDiff.Between(text, answer.Corrected!);
        var changed = tokens.Count(t => edits.Any(e => e.Start < t.End && t.Start < e.End));
        if (changed > _options.MaxChanged * tokens.Count + 1) { return []; }
        return from e in edits
               let original = text[e.Start..e.End]
               where !(request.IsSpoken && IsSameSpoken(original, e.Put)) && !tokens.Any(t => t.IsFixed && e.Start <= t.End && t.Start <= e.End)
               select new Edit(e.Start, e.End, original, e.Put, Rule, Why(answer, original, e.Put), EditSource.Model);
    }

    private static string Why(ModelAnswer answer, string original, string put) => answer.Notes?.FirstOrDefault(n =>
        n is { Original: { } from, Correction: { } to, Why.Length: > 0 } && from.Contains(original.Trim(), StringComparison.OrdinalIgnoreCase) && to.Contains(put.Trim(), StringComparison.OrdinalIgnoreCase))?.Why ?? Explain;

    /// <summary>Whether two texts differ in nothing that can be heard.</summary>
    private static bool IsSameSpoken(string one, string other) => string.Equals(Letters(one), Letters(other), StringComparison.OrdinalIgnoreCase);

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
