using Microsoft.Extensions.AI;
using Parley.Diagnostics;

namespace Parley.Learning.Memory;

/// <summary>An embedder that is left alone for a while after it failed, and is not waited for beyond measure.</summary>
/// <remarks>Thread-safe. Failures are a <see cref="VoiceException"/>.</remarks>
/// <param name="inner">The embedder; disposed with this.</param>
/// <param name="time">The clock.</param>
public sealed class RestingEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, TimeProvider time) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <summary>How long a call may take.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it is left alone.</summary>
    public static TimeSpan Rest { get; } = TimeSpan.FromSeconds(10);

    private Failure? _last;

    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _last) is { } last && time.GetElapsedTime(last.At) < Rest) { throw new VoiceException(VoiceStage.Embedding, last.Message, isTransient: true); }
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await base.GenerateAsync(values, options, both.Token);
        }
        catch (VoiceException e) when (e.Class != FailureClass.UserInput)
        {
            Volatile.Write(ref _last, new Failure(time.GetTimestamp(), e.Message));
            throw;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            const string late = "The embedder does not answer in time.";
            Volatile.Write(ref _last, new Failure(time.GetTimestamp(), late));
            throw new VoiceException(VoiceStage.Embedding, late, isTransient: true);
        }
    }

    private sealed record Failure(long At, string Message);
}
