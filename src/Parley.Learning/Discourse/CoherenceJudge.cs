using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Embeddings;
using Parley.Learning.Memory;
using Parley.Turns.Coaching;

namespace Parley.Learning.Discourse;

/// <summary>Judges how well a turn stays with what went before.</summary>
/// <remarks>
/// Thread-safe. A weighted sum: nearness to the question and to the user's turn before it (0.5), nearness of all the user's turns to each other, the less the further apart they are
/// (0.25), connectives, each counted once (0.15), and things that are named again (0.1). It says whether somebody stays on topic, not whether they argue well.
/// Where the embedder fails, texts are compared by their words alone, and the judgement says so.
/// </remarks>
/// <param name="embeddings">Makes the vectors of texts.</param>
public sealed class CoherenceJudge(IEmbeddingGenerator<string, Embedding<float>> embeddings)
{
    private static readonly LexicalEmbeddings s_words = new();

    /// <summary>With fewer of the user's sentences there is nothing to cohere.</summary>
    public const int LeastSentences = 3;

    /// <summary>So near is as near as texts about one thing come; more would be repetition.</summary>
    private const double Nearest = 0.4;

    /// <summary>So many connectives are plenty in a few sentences.</summary>
    private const double Plenty = 3;

    private static readonly HashSet<string> s_connectives = new(
        ["because", "so", "but", "and", "then", "when", "if", "although", "though", "while", "after", "before", "since", "also", "however", "therefore", "first", "finally", "or", "until", "instead", "besides"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Judges a turn.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="before">What was said before, the oldest first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The judgement; null while too little was said.</returns>
    public async Task<Coherence?> JudgeAsync(string text, IReadOnlyList<TurnBefore> before, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(before);
        string[] own = [.. before.Where(t => t.IsUser).Select(t => t.Text), text];
        if (own.Sum(Sentences) < LeastSentences || before.Count == 0) { return null; }
        var question = before.LastOrDefault(t => !t.IsUser).Text;
        string[] texts = [.. own, .. question is null ? Array.Empty<string>() : [question]];
        var (vectors, isDegraded) = await EmbedAsync(texts, cancellationToken);
        float[][] spoken = [.. vectors.Take(own.Length).Select(v => v.Vector.ToArray())];

        var relevance = Math.Max(
            question is null ? 0 : Similar(spoken[^1], vectors[^1].Vector.Span), spoken.Length > 1 ? Similar(spoken[^1], spoken[^2]) : 0);
        var continuity = Continuity(spoken);
        string[] words = [.. Words(text)];
        var connectives = words.Where(s_connectives.Contains).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var named = own.SkipLast(1).Append(question ?? "").SelectMany(Words).Where(w => w.Length > 3).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var again = words.Where(w => w.Length > 3 && named.Contains(w)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();

        var score = 0.5 * Scaled(relevance) + 0.25 * Scaled(continuity) + 0.15 * Math.Min(1, connectives.Length / Plenty) + 0.1 * Math.Min(1, again.Length);
        return new Coherence(Math.Round(100 * score), connectives, again) { IsDegraded = isDegraded };
    }

    /// <summary>How much a text says the same as a model answer.</summary>
    /// <returns>0 to 100; null where the embedder gives no vectors of tokens, or fails.</returns>
    public async Task<double?> MatchAsync(string text, string modelAnswer, CancellationToken cancellationToken = default)
    {
        if (embeddings.GetService<ITokenVectorGenerator>() is not { } tokens) { return null; }
        try
        {
            var score = TokenMatching.Score(await tokens.GenerateTokenVectorsAsync(text, cancellationToken), await tokens.GenerateTokenVectorsAsync(modelAnswer, cancellationToken));
            return Math.Round(100 * Math.Max(0, score));
        }
        catch (VoiceException)
        {
            return null;
        }
    }

    private async Task<(GeneratedEmbeddings<Embedding<float>> Vectors, bool IsDegraded)> EmbedAsync(string[] texts, CancellationToken cancellationToken)
    {
        try
        {
            return (await embeddings.GenerateAsync(texts, cancellationToken: cancellationToken), false);
        }
        catch (VoiceException)
        {
            return (await s_words.GenerateAsync(texts, cancellationToken: cancellationToken), true);
        }
    }

    private static double Scaled(double similarity) => Math.Clamp(similarity / Nearest, 0, 1);

    private static double Continuity(float[][] spoken)
    {
        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i < spoken.Length; i++)
        {
            for (var j = i + 1; j < spoken.Length; j++)
            {
                var weight = 1.0 / (j - i);
                (sum, weights) = (sum + weight * Similar(spoken[i], spoken[j]), weights + weight);
            }
        }
        return weights > 0 ? sum / weights : 0;
    }

    private static double Similar(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        TensorPrimitives.CosineSimilarity(a, b) is var cosine && float.IsFinite(cosine) ? cosine : 0;

    private static int Sentences(string text) => Math.Max(text.Any(char.IsLetter) ? 1 : 0, text.Split(['.', '!', '?'], StringSplitOptions.RemoveEmptyEntries).Count(s => s.Any(char.IsLetter)));

    private static IEnumerable<string> Words(string text) =>
        text.Split([' ', '.', ',', '!', '?', ';', ':', '"', '(', ')', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>How well a turn stays with what went before.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Connectives">Words that join it to something.</param>
/// <param name="NamedAgain">Things of before that it names again.</param>
public sealed record Coherence(double Score, IReadOnlyList<string> Connectives, IReadOnlyList<string> NamedAgain)
{
    /// <summary>Whether the embedder failed, so that words alone were compared.</summary>
    public bool IsDegraded { get; init; }
}
