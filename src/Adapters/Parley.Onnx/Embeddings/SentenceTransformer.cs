using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.ML.Tokenizers;
using Parley.Diagnostics;
using Parley.Embeddings;
using Parley.Onnx.Runtime;
using Parley.Onnx.Vad;

namespace Parley.Onnx.Embeddings;

/// <summary>A sentence transformer with BERT's tokeniser, in this process: all-MiniLM-L6-v2 and those like it.</summary>
/// <remarks>
/// A text's vector is the mean of its tokens' vectors, or the first one's where <c>1_Pooling/config.json</c> says so, brought to length 1. One text at a time, on the
/// thread pool; a caller waits no longer than its token lets it. Thread-safe.
/// </remarks>
public sealed class SentenceTransformer : IEmbeddingGenerator<string, Embedding<float>>, ITokenVectorGenerator
{
    private const int IdLength = 12;

    private readonly SemaphoreSlim _turn = new(1);
    private readonly OrtSession _session;
    private readonly BertTokenizer _tokenizer;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly string[] _inputs;
    private readonly string _output;
    private readonly int _maxTokens;
    private readonly bool _takesFirst;

    /// <summary>Loads the model and tries it on a word, so that one of another shape is found at once.</summary>
    /// <param name="name">The engine's name.</param>
    /// <param name="options">Where its files are.</param>
    /// <param name="library">Where ONNX Runtime is; null for what <c>native/</c> brought, else the system's.</param>
    /// <exception cref="VoiceException">The library or a file is missing, or the model is no sentence transformer; the message says which.</exception>
    public SentenceTransformer(string name, SentenceTransformerOptions options, SileroOptions? library = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _maxTokens = options.MaxTokens;
        try
        {
            var model = options.Model ?? throw new VoiceException(VoiceStage.Embedding, "It has no model.onnx.");
            _tokenizer = Tokenizer(options);
            _takesFirst = Setting(options.Folder, "1_Pooling/config.json", "pooling_mode_cls_token") ?? false;
            _session = new OrtSession(OrtApi.Load((library ?? new()).LibraryCandidates), model);
            _inputs = _session.InputNames();
            _output = _session.OutputNames() is { Length: > 0 } outputs ? outputs.FirstOrDefault(o => o is "last_hidden_state" or "token_embeddings", outputs[0]) : throw new VoiceException(VoiceStage.Embedding, "It has no output.");
            if (_inputs.Except(["input_ids", "attention_mask", "token_type_ids"]).FirstOrDefault() is { } odd) { throw new VoiceException(VoiceStage.Embedding, $"It has an input '{odd}', which no sentence transformer has."); }
            _metadata = new EmbeddingGeneratorMetadata(name, defaultModelId: IdOf(options.Folder, model), defaultModelDimensions: (int)Compute("Hello").Shape[^1]);
        }
        catch (VoiceException e)
        {
            _session?.Dispose();
            throw new VoiceException(VoiceStage.Embedding, $"The sentence transformer in {options.Folder} cannot be used. {e.Message}", inner: e);
        }
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var all = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var text in values) { all.Add(new Embedding<float>(Pool(await RunAsync(text, cancellationToken))) { ModelId = _metadata.DefaultModelId }); }
        return all;
    }

    public async Task<IReadOnlyList<ReadOnlyMemory<float>>> GenerateTokenVectorsAsync(string text, CancellationToken cancellationToken = default)
    {
        var tokens = await RunAsync(text, cancellationToken);
        // The marks at both ends are no words.
        return [.. Enumerable.Range(1, Math.Max(0, (int)tokens.Shape[1] - 2)).Select(i => (ReadOnlyMemory<float>)ToUnit(Row(tokens, i)))];
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
        // Pulling the model away from a run would be worse than waiting for it.
        _turn.Wait();
        _session.Dispose();
    }

    private async Task<OrtTensor> RunAsync(string text, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        // Who gives up the wait leaves the run behind: it frees the model when it is done.
        return await Task.Run(
            () =>
            {
                try { return Compute(text); }
                finally { _turn.Release(); }
            },
            CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The vectors of a text's tokens: [1, tokens, dimensions].</summary>
    private OrtTensor Compute(string text)
    {
        var ids = _tokenizer.EncodeToIds(text, _maxTokens, out _, out _);
        using var tokens = new NativeBuffer<long>(ids.Count);
        using var mask = new NativeBuffer<long>(ids.Count);
        using var types = new NativeBuffer<long>(ids.Count);
        for (var i = 0; i < ids.Count; i++) { tokens.Span[i] = ids[i]; }
        mask.Span.Fill(1);
        using var binding = new OrtBinding([.. _inputs.Select(name => (name, _session.CreateTensor(name switch { "input_ids" => tokens, "attention_mask" => mask, _ => types }, 1, ids.Count)))], []);
        var vectors = _session.Run(binding, _output);
        return vectors.Shape is [1, var rows, > 0] && rows == ids.Count
            ? vectors : throw new VoiceException(VoiceStage.Embedding, $"Its output must be a vector for each token, and has the shape [{string.Join(", ", vectors.Shape)}].");
    }

    private float[] Pool(OrtTensor tokens)
    {
        if (_takesFirst) { return ToUnit(Row(tokens, 0)); }
        var sum = new float[tokens.Shape[2]];
        for (var i = 0; i < tokens.Shape[1]; i++) { TensorPrimitives.Add(sum, Row(tokens, i), sum); }
        return ToUnit(sum);
    }

    private static ReadOnlySpan<float> Row(OrtTensor tensor, int row) => tensor.Data.AsSpan(row * (int)tensor.Shape[2], (int)tensor.Shape[2]);

    private static float[] ToUnit(ReadOnlySpan<float> vector)
    {
        var (unit, length) = (vector.ToArray(), TensorPrimitives.Norm(vector));
        if (length > 0) { TensorPrimitives.Divide(vector, length, unit); }
        return unit;
    }

    private static BertTokenizer Tokenizer(SentenceTransformerOptions options)
    {
        var isLowerCase = Setting(options.Folder, "tokenizer_config.json", "do_lower_case") ?? true;
        try
        {
            // Accents are taken off what is written as letter and accent; without ICU, composed letters stay.
            return BertTokenizer.Create(options.Vocabulary, new BertOptions { LowerCaseBeforeTokenization = isLowerCase, RemoveNonSpacingMarks = isLowerCase });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            throw new VoiceException(VoiceStage.Embedding, $"Its vocab.txt cannot be used: {e.Message}", inner: e);
        }
    }

    /// <summary>A yes or no from one of the files that are published with models.</summary>
    private static bool? Setting(string folder, string file, string key)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path)) { return null; }
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
        }
        catch (Exception e) when (e is JsonException or IOException or InvalidOperationException)
        {
            throw new VoiceException(VoiceStage.Embedding, $"Its {file} cannot be read.", inner: e);
        }
    }

    /// <summary>Names the weights too: vectors of others cannot be compared with theirs.</summary>
    private static string IdOf(string folder, string model)
    {
        using var file = File.OpenRead(model);
        return $"{Path.GetFileName(Path.GetFullPath(folder).TrimEnd('/'))}-{Convert.ToHexStringLower(SHA256.HashData(file))[..IdLength]}";
    }
}
