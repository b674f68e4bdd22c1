using Parley.Asr;

namespace Parley.Resilience.Chains;

/// <summary>Recognisers as one: when the one that hears an utterance fails, or its final is late, the next one hears the utterance from its begin.</summary>
/// <remarks>Thread-safe. It owns no engine. Recognisers do not hedge: every utterance would be decoded twice.</remarks>
internal sealed class ResilientRecognizer(EngineChain<ISpeechRecognizer> chain, TimeSpan maxReplay) : ISpeechRecognizer
{
    public string Name => chain.Links[0].Name;

    public async ValueTask<IRecognitionStream> OpenAsync(RecognitionRequest request, CancellationToken cancellationToken = default)
    {
        var opening = new RecognitionOpening(chain, request);
        return new ResilientRecognitionStream(opening, await opening.OpenAsync(null, cancellationToken), maxReplay, request.Priority, chain.Time);
    }
}
