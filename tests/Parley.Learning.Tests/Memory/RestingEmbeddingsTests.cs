using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Embeddings;
using Parley.Learning.Memory;
using Parley.Time;

namespace Parley.Learning.Tests.Memory;

public sealed class RestingEmbeddingsTests : IDisposable
{
    private readonly VirtualClock _clock = new();
    private readonly MeaningEmbeddings _inner = new();
    private readonly RestingEmbeddings _embeddings;

    public RestingEmbeddingsTests() => _embeddings = new RestingEmbeddings(_inner, _clock);

    public void Dispose() => _embeddings.Dispose();

    [Fact]
    public async Task Generate_AfterAFailure_LeavesTheEmbedderAloneForAWhile()
    {
        _inner.Failure = MeaningEmbeddings.Dead();
        await Assert.ThrowsAsync<VoiceException>(GenerateAsync);
        _inner.Failure = null;
        await Assert.ThrowsAsync<VoiceException>(GenerateAsync);
        Assert.Equal(1, _inner.Calls);
        _clock.Advance(RestingEmbeddings.Rest);
        Assert.Single(await GenerateAsync());
    }

    [Fact]
    public async Task Generate_NoAnswer_FailsInTime()
    {
        _inner.IsStuck = true;
        var call = GenerateAsync();
        _clock.Advance(RestingEmbeddings.Patience);
        await Assert.ThrowsAsync<VoiceException>(() => call);
    }

    [Fact]
    public void GetService_TokenVectors_AreThoseOfTheEmbedder() => Assert.Same(_inner, _embeddings.GetService<ITokenVectorGenerator>());

    private Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync() => _embeddings.GenerateAsync(["dog"], cancellationToken: TestContext.Current.CancellationToken);
}
