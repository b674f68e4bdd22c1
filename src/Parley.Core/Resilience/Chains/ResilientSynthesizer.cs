using System.Runtime.CompilerServices;
using Parley.Governance;
using Parley.Tts;
using Parley.Tts.Caching;

namespace Parley.Resilience.Chains;

/// <summary>Synthesisers as one: when the first is late or fails before the first audio of a clause, the next one speaks the clause.</summary>
/// <remarks>
/// Thread-safe. It owns no engine. A clause that breaks off after its first audio ends with the failure, for two voices in one clause are worse; in a
/// session the next clause goes to the next engine.
/// </remarks>
internal sealed class ResilientSynthesizer(EngineChain<ISpeechSynthesizer> chain, EngineRace<SpeechChunk> race, SpeechCache? cache) : ISpeechSynthesizer
{
    /// <summary>What a character of text takes to say.</summary>
    private static readonly TimeSpan s_character = TimeSpan.FromMilliseconds(65);

    public string Name => chain.Links[0].Name;

    /// <summary>Those of all engines; where an engine lacks the one that is asked for, it speaks with its own.</summary>
    public IReadOnlyList<string> Voices { get; } = [.. chain.Links.SelectMany(l => l.Handle.Engine.Voices).Distinct(StringComparer.OrdinalIgnoreCase)];

    public bool Supports(string language) => chain.Links.Any(l => l.Handle.Engine.Supports(language));

    public async IAsyncEnumerable<SpeechChunk> SynthesizeAsync(
        SpeechRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var asked = new AskedSpeech(request, request.Voice is { } voice && Voices.Contains(voice, StringComparer.OrdinalIgnoreCase));
        var order = new CallOrder(request.Priority, request.Text.Length * s_character, request.Delay);
        var call = cache is null
            ? new StreamCall<ISpeechSynthesizer, AskedSpeech, SpeechChunk>(chain, Open, asked, order, 0, null, cancellationToken)
            : new CachedSpeechCall(cache, chain, asked, order, cancellationToken);
        await using var stream = await call.RunAsync(race);
        await foreach (var chunk in stream.ReadAsync(failure => chain.Failed(stream.Index, failure), cancellationToken)) { yield return chunk; }
    }

    internal static IAsyncEnumerable<SpeechChunk> Open(ISpeechSynthesizer engine, AskedSpeech asked, CancellationToken cancellationToken) =>
        engine.SynthesizeAsync(asked.For(engine), cancellationToken);
}
