using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Policy;
using Parley.Replies.QuickReplies;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Tts.Caching;
using Parley.Turns;

namespace Parley.Testing.Sessions;

/// <summary>A set of simulated engines, shared by all sessions that select it.</summary>
public sealed class SimulatedEngines(TimeProvider time) : IEngineSelector
{
    private EngineChains? _chains;
    private ISpeechSynthesizer? _cached;
    private IReadOnlyList<EngineHandle<ISpeechRecognizer>> _asr = [];
    private IReadOnlyList<EngineHandle<IChatClient>> _chat = [];
    private IReadOnlyList<EngineHandle<ISpeechSynthesizer>> _tts = [];

    /// <summary>The clock of all engines.</summary>
    public TimeProvider Time { get; } = time;

    public SimulatedVad Vad { get; init; } = new();

    public SimulatedRecognizer Asr { get; } = new(time);

    /// <summary>What hears instead of <see cref="Asr"/>, if something does.</summary>
    public ISpeechRecognizer? Recognizer { get; set; }

    public SimulatedChatClient Chat { get; } = new(time);

    public SimulatedSynthesizer Tts { get; } = new(time);

    /// <summary>What speaks instead of <see cref="Tts"/>, if something does.</summary>
    public ISpeechSynthesizer? Voice { get; set; }

    /// <summary>The synthesiser after the first; null: there is none.</summary>
    public ISpeechSynthesizer? TtsFallback { get; set; }

    /// <summary>What answers instead of <see cref="Chat"/>, if something does.</summary>
    public IChatClient? Reply { get; set; }

    /// <summary>The small model that opens replies; null: there is none.</summary>
    public SimulatedChatClient? Quick { get; set; }

    /// <summary>Ends turns after 300, 400 and 800 ms of silence, whole windows of <see cref="Vad"/>.</summary>
    public SilenceTurnDetector Turn { get; } = new()
    {
        Quick = TimeSpan.FromMilliseconds(300),
        Normal = TimeSpan.FromMilliseconds(400),
        Learner = TimeSpan.FromMilliseconds(800),
    };

    /// <summary>What ends turns instead of <see cref="Turn"/>, if something does.</summary>
    public ITurnDetector? TurnDetector { get; set; }

    /// <summary>The end-of-turn model; null: there is none.</summary>
    public IEndOfTurnModel? TurnModel { get; set; }

    /// <summary>Stands behind <see cref="Chat"/> in a chain: see <see cref="JoinWithSpares"/>.</summary>
    public SimulatedChatClient SpareChat { get; } = new(time);

    /// <summary>Stands behind <see cref="Asr"/> in a chain.</summary>
    public SimulatedRecognizer SpareAsr { get; } = new(time, "spare");

    /// <summary>Stands behind <see cref="Tts"/> in a chain.</summary>
    public SimulatedSynthesizer SpareTts { get; } = new(time, "spare");

    /// <summary>From now on sessions get chains of recogniser, model and synthesiser, each with its spare.</summary>
    public EngineChains JoinWithSpares(ResilienceOptions? options = null)
    {
        _chains = new EngineChains(options ?? new ResilienceOptions(), Time);
        (_asr, _chat, _tts) = (Handles<ISpeechRecognizer>(Asr, SpareAsr), Handles<IChatClient>(Chat, SpareChat), Handles<ISpeechSynthesizer>(Tts, SpareTts));
        return _chains;
    }

    /// <summary>From now on the synthesiser, alone in a chain, speaks what is not in a cache.</summary>
    public void Remember(SpeechCache cache) => _cached = new EngineChains(new ResilienceOptions(), Time, cache: cache)
        .Synthesizer([new("simulated", Voice ?? Tts, new EngineAttributes(), new EngineTelemetry())]);

    public SessionEngines Select(SessionConfig config) => _chains is null ? Plain() : Joined(_chains, new SessionHealth());

    private SessionEngines Joined(EngineChains chains, SessionHealth health) => Plain() with
    {
        Asr = chains.Recognizer(_asr, health),
        Reply = Opened(chains.Chat(_chat, health)),
        Tts = [chains.Synthesizer(_tts, health)],
        Health = health,
    };

    private IChatClient Opened(IChatClient reply) => Quick is null ? reply : new QuickReplyChatClient(reply, Quick, new QuickReplyOptions(), Time);

    private static EngineHandle<TPort>[] Handles<TPort>(TPort first, TPort spare)
        where TPort : class =>
        [new("simulated", first, new EngineAttributes(), new EngineTelemetry()), new("spare", spare, new EngineAttributes(), new EngineTelemetry())];

    private SessionEngines Plain() => new()
    {
        Vad = Vad,
        Asr = Recognizer ?? Asr,
        Turn = TurnDetector ?? Turn,
        TurnModel = TurnModel,
        Reply = Opened(Reply ?? Chat),
        Tts = TtsFallback is null ? [_cached ?? Voice ?? Tts] : [_cached ?? Voice ?? Tts, TtsFallback],
        BackgroundTts = _cached,
        Choices = Quick is null
            ? new Dictionary<string, EngineChoice> { ["asr"] = new("simulated", "asked for") }
            : new Dictionary<string, EngineChoice> { ["asr"] = new("simulated", "asked for"), ["quick"] = new("small", "configured") },
    };
}
