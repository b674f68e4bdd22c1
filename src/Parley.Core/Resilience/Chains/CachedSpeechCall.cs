using System.Runtime.CompilerServices;
using Parley.Governance;
using Parley.Tts;
using Parley.Tts.Caching;
using Polly.CircuitBreaker;

namespace Parley.Resilience.Chains;

/// <summary>A call for a clause that was perhaps spoken before, or that somebody is just having spoken: only where it is not, an engine is called.</summary>
/// <remarks>
/// The cache stands before the guard of each engine. So a hit needs no place and says nothing of the engine; and all who listen to one call have one
/// place, one timeout, and one failure to count.
/// </remarks>
internal sealed class CachedSpeechCall(
    SpeechCache cache, EngineChain<ISpeechSynthesizer> chain, AskedSpeech asked, CallOrder order, CancellationToken cancellationToken)
    : StreamCall<ISpeechSynthesizer, AskedSpeech, SpeechChunk>(chain, ResilientSynthesizer.Open, asked, order, 0, null, cancellationToken)
{
    protected override ValueTask OpenAsync(EngineStream<SpeechChunk> stream, EngineLink<ISpeechSynthesizer> link)
    {
        var key = SpeechKey.Of(link.Name, link.Handle.Engine.Voices, Asked.For(link.Handle.Engine));
        return stream.ListenAsync(token => cache.SpeakAsync(key, Order.Priority, stream.Patience, stop => CallAsync(stream.Index, stream.Patience, link, stop), token));
    }

    /// <summary>Calls the engine, for all who listen.</summary>
    private async IAsyncEnumerable<SpeechChunk> CallAsync(
        int index, TimeSpan patience, EngineLink<ISpeechSynthesizer> link, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var stream = Stream(index, patience, cancellationToken);
        try
        {
            await base.OpenAsync(stream, link);
        }
        catch (Exception e) when (e is not (OperationCanceledException or BrokenCircuitException))
        {
            stream.Fail(e);
            throw;
        }
        await foreach (var chunk in stream.ReadAsync(null, cancellationToken)) { yield return chunk; }
    }
}
