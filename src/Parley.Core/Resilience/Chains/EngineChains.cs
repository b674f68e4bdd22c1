using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Governance;
using Parley.Tts;
using Parley.Tts.Caching;

namespace Parley.Resilience.Chains;

/// <summary>Makes of several engines of a stage one that keeps working when one of them does not.</summary>
/// <remarks>Thread-safe. What it makes owns no engine.</remarks>
public sealed class EngineChains
{
    /// <summary>A call remembers in a bit each which engines it has tried.</summary>
    private const int MaxEngines = 32;

    private readonly ResilienceOptions _options;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly EngineRace<ChatResponseUpdate> _replies;
    private readonly EngineRace<SpeechChunk> _speech;
    private readonly SpeechCache? _cache;

    /// <param name="options">Waits, tries and breakers.</param>
    /// <param name="time">The clock.</param>
    /// <param name="governance">Who waits, and who is turned away; null for the defaults.</param>
    /// <param name="cache">Speech that was made before, before the guards of all synthesisers; null: each clause is spoken anew.</param>
    /// <param name="random">Names calls that may be made again, and moves the pauses between tries; must be thread-safe. Null for the runtime's.</param>
    public EngineChains(
        ResilienceOptions options, TimeProvider time, GovernanceOptions? governance = null, SpeechCache? cache = null, Random? random = null)
    {
        _cache = cache is { Options.Enabled: true } ? cache : null;
        (_options, _time, _random, Governance) = (options, time, random ?? Random.Shared, governance ?? new GovernanceOptions());
        Guards = new EngineGuards(options, Governance, time, _random);
        _replies = new EngineRace<ChatResponseUpdate>(options.Reply.Hedge, time);
        _speech = new EngineRace<SpeechChunk>(options.Tts.Hedge, time);
    }

    /// <summary>Waits, tries and breakers.</summary>
    public ResilienceOptions Options => _options;

    /// <summary>Who waits, and who is turned away.</summary>
    public GovernanceOptions Governance { get; }

    /// <summary>The guards of the engines, for all chains.</summary>
    public EngineGuards Guards { get; }

    /// <summary>A chain of language models.</summary>
    /// <param name="engines">Best first; at least one, at most 32 count.</param>
    /// <param name="health">The session's; null for calls outside of sessions.</param>
    public IChatClient Chat(IReadOnlyList<EngineHandle<IChatClient>> engines, SessionHealth? health = null) =>
        new ResilientChatClient(Chain(VoiceStage.Reply, engines, health), _replies, _options.ContinueAfterContent);

    /// <summary>A chain of recognisers.</summary>
    /// <inheritdoc cref="Chat"/>
    public ISpeechRecognizer Recognizer(IReadOnlyList<EngineHandle<ISpeechRecognizer>> engines, SessionHealth? health = null) =>
        new ResilientRecognizer(Chain(VoiceStage.Asr, engines, health), _options.MaxReplayAudio);

    /// <summary>A chain of synthesisers.</summary>
    /// <inheritdoc cref="Chat"/>
    public ISpeechSynthesizer Synthesizer(IReadOnlyList<EngineHandle<ISpeechSynthesizer>> engines, SessionHealth? health = null) =>
        new ResilientSynthesizer(Chain(VoiceStage.Tts, engines, health), _speech, _cache);

    private EngineChain<TPort> Chain<TPort>(VoiceStage stage, IReadOnlyList<EngineHandle<TPort>> engines, SessionHealth? health)
        where TPort : class =>
        new(stage, [.. engines.Take(MaxEngines).Select(e => new EngineLink<TPort>(e, Guards.For(stage, e.Name, e.Attributes.Local, e.Engine as IEngineProbe)))],
            _options.Of(stage), _time, _random, health);
}
