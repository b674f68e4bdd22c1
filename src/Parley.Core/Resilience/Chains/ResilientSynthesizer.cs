using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Parley.Diagnostics;
using Parley.Governance;
using Parley.Tts;

namespace Parley.Resilience.Chains;

/// <summary>Synthesisers as one: when the first is late or fails before the first audio of a clause, the next one speaks the clause.</summary>
/// <remarks>
/// Thread-safe. It owns no engine. A clause that breaks off after its first audio ends with the failure, for two voices in one clause are worse; in a
/// session the next clause goes to the next engine.
/// </remarks>
internal sealed class ResilientSynthesizer(EngineChain<ISpeechSynthesizer> chain, EngineRace<SpeechChunk> race) : ISpeechSynthesizer
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
        var ask = (Request: request, HasVoice: request.Voice is { } voice && Voices.Contains(voice, StringComparer.OrdinalIgnoreCase));
        var call = new StreamCall<ISpeechSynthesizer, (SpeechRequest Request, bool HasVoice), SpeechChunk>(
            chain, static (engine, ask, token) => engine.SynthesizeAsync(ForEngine(engine, ask.Request, ask.HasVoice), token), ask,
            new CallOrder(request.Priority, request.Text.Length * s_character), 0, null, cancellationToken);
        await using var stream = await call.RunAsync(race);
        for (var more = stream.HasFirst; more;)
        {
            yield return stream.Current;
            VoiceException? failure = null;
            try
            {
                more = stream.Arrived(await stream.MoveNextAsync());
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                failure = stream.Fail(e);
            }
            if (failure is null) { continue; }
            chain.Failed(stream.Index, failure);
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>A voice that no engine has is left in the request: the first one says so.</summary>
    private static SpeechRequest ForEngine(ISpeechSynthesizer engine, SpeechRequest request, bool someoneHasIt) =>
        someoneHasIt && !engine.Voices.Contains(request.Voice, StringComparer.OrdinalIgnoreCase) ? request with { Voice = null } : request;
}
