using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Parley.Learning.Memory;

/// <summary>Vectors for texts by the words and pieces of words that are in them, without a model: texts that share those are near.</summary>
/// <remarks>
/// Each word and each three letters in a row add to a place that a hash of them chooses (the hashing trick, Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009).
/// Stateless and thread-safe; the same text has the same vector for ever. It knows no synonyms: an embedder that was trained takes its place where there is one.
/// </remarks>
public sealed class LexicalEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The length of its vectors.</summary>
    public const int Dimensions = 512;

    private const float Piece = 0.3f;

    private const ulong Offset = 14_695_981_039_346_656_037, Prime = 1_099_511_628_211;

    // They are in every sentence and say nothing of what it is about.
    private static readonly HashSet<string> s_common = new(
        ("a about after all also am an and any are as at be because been but by can could did do does for from get go got had has have he her him his how i if in is it its just "
        + "like me more my no not now of on one or our out really she so some that the their them then there they this to too up us very was we well were what when where which who "
        + "will with would yes yeah you your oh um uh er okay ok").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    private static readonly EmbeddingGeneratorMetadata s_metadata = new("parley", defaultModelId: "lexical", defaultModelDimensions: Dimensions);

    /// <summary>The vector of one text, of length 1; of length 0 where it holds no word.</summary>
    public static float[] Embed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var vector = new float[Dimensions];
        foreach (var word in Words(text))
        {
            var weight = s_common.Contains(word) ? 0.1f : 1;
            Add(vector, word, weight);
            var bounded = $"<{word}>";
            for (var i = 0; i + 3 <= bounded.Length; i++) { Add(vector, bounded.AsSpan(i, 3), weight * Piece); }
        }
        var length = TensorPrimitives.Norm<float>(vector);
        if (length > 0) { TensorPrimitives.Divide(vector, length, vector); }
        return vector;
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(text => new Embedding<float>(Embed(text)) { ModelId = s_metadata.DefaultModelId })));
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null : serviceType == typeof(EmbeddingGeneratorMetadata) ? s_metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
        // There is nothing to give back.
    }

    private static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '\'' or '’'))
            {
                if (start < 0) { start = i; }
                continue;
            }
            if (start >= 0) { yield return text[start..i].ToLowerInvariant(); }
            start = -1;
        }
    }

    /// <summary>One bit of the hash is a sign, so that what meets by chance in one place cancels as often as it adds.</summary>
    private static void Add(float[] vector, ReadOnlySpan<char> piece, float weight)
    {
        var hash = Offset; // FNV-1a, 64 bits
        foreach (var c in piece) { hash = (hash ^ c) * Prime; }
        vector[(int)(hash >> 33) % Dimensions] += (hash & 1) == 0 ? weight : -weight;
    }
}
