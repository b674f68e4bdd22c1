using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Embeddings;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Embeddings;

/// <summary>An embedding model behind <c>POST /v1/embeddings</c>.</summary>
/// <remarks>
/// Thread-safe. It never retries: a <see cref="VoiceException"/> says whether the same call may succeed. Neither text nor keys are logged or put
/// into messages.
/// </remarks>
public sealed class OpenAIEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>, ITokenEmbeddingGenerator
{
    private const string Path = "embeddings";

    private readonly EmbeddingEngineOptions _options;
    private readonly UpstreamLease _lease;
    private readonly TimeProvider _time;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>A model on an upstream that other engines may share.</summary>
    /// <param name="name">The engine's name.</param>
    /// <param name="options">Model and limits.</param>
    /// <param name="upstream">The server; the generator lets go of it when it is disposed.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public OpenAIEmbeddingGenerator(string name, EmbeddingEngineOptions options, UpstreamLease upstream, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(upstream);
        (_options, _lease, _time) = (options, upstream, time ?? TimeProvider.System);
        _metadata = new EmbeddingGeneratorMetadata(name, upstream.Upstream.BaseUrl, options.Model);
    }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        GenerateAsync<string>([.. values], options, cancellationToken);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IReadOnlyList<IReadOnlyList<int>> texts, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        GenerateAsync<IReadOnlyList<int>>([.. texts], options, cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose() => _lease.Dispose();

    private async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync<T>(T[] inputs, EmbeddingGenerationOptions? options, CancellationToken cancellationToken)
    {
        var all = new GeneratedEmbeddings<Embedding<float>>(inputs.Length);
        foreach (var batch in inputs.Chunk(_options.MaxBatch))
        {
            var response = await CallAsync(new EmbeddingWireRequest(options?.ModelId ?? _options.Model, batch, "base64", options?.Dimensions), cancellationToken);
            all.AddRange(Vectors(response, batch.Length).Select(v => new Embedding<float>(v) { ModelId = _options.Model }));
            if (response.Usage is not { } usage) { continue; }
            all.Usage ??= new UsageDetails { InputTokenCount = 0, TotalTokenCount = 0 };
            all.Usage.InputTokenCount += usage.PromptTokens ?? usage.TotalTokens ?? 0;
            all.Usage.TotalTokenCount += usage.TotalTokens ?? usage.PromptTokens ?? 0;
        }
        return all;
    }

    private async Task<EmbeddingWireResponse> CallAsync(EmbeddingWireRequest body, CancellationToken cancellationToken)
    {
        using var guard = new StallGuard(VoiceStage.Embedding, "embedding", _options.Timeout, _time, cancellationToken);
        using var request = _lease.Upstream.Request(HttpMethod.Post, Path);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, EmbeddingWireJson.Default.EmbeddingWireRequest));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await guard.RunAsync(ct => new ValueTask<HttpResponseMessage>(_lease.Upstream.SendAsync(request, ct)));
        var answer = await ReadAsync(response, guard);
        if (!response.IsSuccessStatusCode) { throw UpstreamErrors.FromStatus(VoiceStage.Embedding, response, answer?.Error, _time); }
        if (answer?.Error is { ValueKind: JsonValueKind.Object } error) { throw UpstreamErrors.FromBody(VoiceStage.Embedding, error); }
        return answer ?? throw UpstreamErrors.Unintelligible(VoiceStage.Embedding);
    }

    private async Task<EmbeddingWireResponse?> ReadAsync(HttpResponseMessage response, StallGuard guard)
    {
        await using var body = new LimitedStream(
            await guard.RunAsync(ct => new ValueTask<Stream>(response.Content.ReadAsStreamAsync(ct))), _options.MaxResponseBytes);
        return await guard.RunAsync(async ct =>
        {
            try
            {
                return await JsonSerializer.DeserializeAsync(body, EmbeddingWireJson.Default.EmbeddingWireResponse, ct);
            }
            catch (JsonException)
            {
                return null;
            }
        });
    }

    private static ReadOnlyMemory<float>[] Vectors(EmbeddingWireResponse response, int count)
    {
        var items = response.Data ?? [];
        var vectors = new ReadOnlyMemory<float>[count];
        for (var i = 0; i < items.Count; i++)
        {
            var index = items[i].Index ?? i;
            if (index >= 0 && index < count) { vectors[index] = Vector(items[i].Embedding); }
        }
        // One that is missing must not shift the others.
        return vectors.All(v => v.Length > 0) ? vectors : throw UpstreamErrors.Unintelligible(VoiceStage.Embedding);
    }

    private static ReadOnlyMemory<float> Vector(JsonElement embedding)
    {
        try
        {
            return embedding.ValueKind switch
            {
                JsonValueKind.String when embedding.TryGetBytesFromBase64(out var bytes) && bytes.Length % sizeof(float) == 0 =>
                    MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
                JsonValueKind.Array => embedding.EnumerateArray().Select(e => e.GetSingle()).ToArray(),
                _ => default,
            };
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            return default;
        }
    }
}
