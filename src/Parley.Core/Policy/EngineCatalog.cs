using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Policy.Hybrid;
using Parley.Policy.Ranking;
using Parley.Replies.Tools;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Turns;
using Parley.Vad;

namespace Parley.Policy;

/// <summary>All engines of the process and the choice among them, which the policy makes: an engine for each stage, with its fallbacks behind it.</summary>
/// <remarks>Thread-safe. Engines are created on first use and disposed with the catalog.</remarks>
public sealed class EngineCatalog : IEngineSelector, IDisposable
{
    private readonly EngineShelf<IVoiceActivityDetector> _vad;
    private readonly EngineShelf<ISpeechRecognizer> _asr;
    private readonly EngineShelf<IChatClient> _reply;
    private readonly EngineShelf<ISpeechSynthesizer> _tts;
    private readonly EngineShelf<IWordDictionary> _words;
    private readonly EngineChooser _chooser;
    private readonly string? _quick;
    private readonly ITurnDetector _turn;
    private readonly Func<IChatClient, IWordDictionary?, IChatClient?, IChatClient> _decorate;
    private readonly IEndOfTurnModel? _turnModel;
    private readonly EngineChains? _chains;

    /// <param name="options">The configured names.</param>
    /// <param name="vad">Detectors.</param>
    /// <param name="asr">Recognisers.</param>
    /// <param name="reply">Chat clients.</param>
    /// <param name="tts">Synthesisers.</param>
    /// <param name="turn">The turn detector.</param>
    /// <param name="decorateReply">
    /// Puts before every chat client what belongs there, such as tools and the question "did you say …?"; it gets the dictionary and the small
    /// model that opens replies, where there are any. Null for nothing.
    /// </param>
    /// <param name="words">Dictionaries.</param>
    /// <param name="turnModel">What the turn detector's evidence comes from too; the catalog disposes it. Null for none.</param>
    /// <param name="chains">Joins the engines of a stage, so that one takes over from another; null: the first serves alone.</param>
    /// <param name="chooser">The policy; null: the default one.</param>
    /// <exception cref="VoiceException">The configuration names an engine that does not exist.</exception>
    public EngineCatalog(
        EngineOptions options,
        IEnumerable<EngineRegistration<IVoiceActivityDetector>> vad,
        IEnumerable<EngineRegistration<ISpeechRecognizer>> asr,
        IEnumerable<EngineRegistration<IChatClient>> reply,
        IEnumerable<EngineRegistration<ISpeechSynthesizer>> tts,
        ITurnDetector turn,
        Func<IChatClient, IWordDictionary?, IChatClient?, IChatClient>? decorateReply = null,
        IEnumerable<EngineRegistration<IWordDictionary>>? words = null,
        IEndOfTurnModel? turnModel = null,
        EngineChains? chains = null,
        EngineChooser? chooser = null)
    {
        _chooser = chooser ?? new EngineChooser(new PolicyOptions());
        _vad = new(VoiceStage.Vad, options.Vad, vad, _chooser, chains?.Guards);
        _asr = new(VoiceStage.Asr, options.Asr, asr, _chooser, chains?.Guards);
        // Who opens is not meant to go on: it stands behind what is its equal otherwise.
        var full = reply.Select(r => r.Name == options.Quick ? r with { Priority = r.Priority - 1 } : r);
        _reply = new(VoiceStage.Reply, options.Reply, full, _chooser, chains?.Guards);
        _tts = new(VoiceStage.Tts, options.Tts, tts, _chooser, chains?.Guards);
        _words = new(VoiceStage.Tools, EngineOptions.Auto, words ?? [], _chooser, chains?.Guards);
        CanaryShares.Check(_chooser.Options, [_vad.EngineNames, _asr.EngineNames, _reply.EngineNames, _tts.EngineNames]);
        (_turn, _turnModel, _decorate, _quick, _chains) = (turn, turnModel, decorateReply ?? ((client, _, _) => client), options.Quick, chains);
    }

    /// <summary>What joins the engines of a stage; null: nothing does.</summary>
    public EngineChains? Chains => _chains;

    /// <summary>What every engine says of itself now.</summary>
    public IReadOnlyList<EngineStatus> Probe() => [.. _vad.Probe(), .. _asr.Probe(), .. _reply.Probe(), .. _tts.Probe(), .. _words.Probe()];

    /// <summary>Every engine with what is known and measured of it now; each is probed once.</summary>
    public IReadOnlyList<EngineDescription> Describe() => [.. _vad.Describe(), .. _asr.Describe(), .. _reply.Describe(), .. _tts.Describe(), .. _words.Describe()];

    /// <summary>The same of the engines of one stage.</summary>
    public IReadOnlyList<EngineDescription> Describe(VoiceStage stage) => [.. ShelfOf(stage)?.Describe() ?? []];

    /// <summary>The names of a stage's engines, available or not; nothing is probed for it.</summary>
    public IEnumerable<string> NamesOf(VoiceStage stage) => ShelfOf(stage)?.EngineNames ?? [];

    /// <summary>The policy by which this catalog chooses.</summary>
    public EngineChooser Chooser => _chooser;

    /// <summary>The engines that a session without wishes gets, by stage.</summary>
    public IReadOnlyDictionary<string, EngineChoice> Defaults => new Dictionary<string, EngineChoice>
    {
        ["vad"] = ToChoice(_vad.Choose(Wish(VoiceStage.Vad), remember: false)),
        ["asr"] = ToChoice(_asr.Choose(Wish(VoiceStage.Asr), remember: false)),
        ["turn"] = new(_turn.Name, "configured"),
        ["reply"] = ToChoice(_reply.Choose(Wish(VoiceStage.Reply), remember: false)),
        ["tts"] = ToChoice(_tts.Choose(Wish(VoiceStage.Tts), remember: false)),
    };

    /// <summary>The engines of a stage as the policy is asked about them; none for a stage without engines.</summary>
    public IReadOnlyList<PolicyCandidate> Candidates(VoiceStage stage) => ShelfOf(stage)?.Candidates() ?? [];

    /// <summary>Creates the engines that a session without wishes gets, so that the first turn finds them warm.</summary>
    /// <exception cref="VoiceException">A stage that a conversation cannot do without has no engine.</exception>
    public void Load() => Select(new SessionConfig());

    /// <summary>The recogniser alone, for work without a conversation.</summary>
    /// <param name="asked">A name; null for the configured one or the best available.</param>
    /// <exception cref="VoiceException">There is none.</exception>
    public ISpeechRecognizer SelectRecognizer(string? asked = null) =>
        Join(Require(_asr.Choose(SessionRequests.For(VoiceStage.Asr, asked))).Engines, null);

    /// <summary>The reply engine alone, without what stands before it in a conversation, and the small model that may say its first words.</summary>
    /// <inheritdoc cref="SelectRecognizer"/>
    /// <returns>The engine, and the small model; null: none is configured, it is not available, or it is the engine itself.</returns>
    public (IChatClient Main, IChatClient? Quick) SelectReply(string? asked = null)
    {
        var (engines, decision) = Require(_reply.Choose(SessionRequests.For(VoiceStage.Reply, asked)));
        return (Join(engines, null), decision.Chosen == _quick ? null : ChooseQuick(null, SessionRequests.For(VoiceStage.Reply, null))?.Engine);
    }

    /// <summary>The configured name of the small model; null: none is configured.</summary>
    public string? QuickName => _quick;

    /// <summary>The voice activity detector alone.</summary>
    /// <inheritdoc cref="SelectRecognizer"/>
    public IVoiceActivityDetector SelectDetector() => Require(_vad.Choose()).Engines[0].Engine;

    /// <summary>The synthesisers alone: one that falls back on the others, or, without chains, the best for the language first.</summary>
    /// <inheritdoc cref="SelectRecognizer"/>
    public IReadOnlyList<ISpeechSynthesizer> SelectSynthesizers(string language, string? asked = null)
    {
        var engines = Require(_tts.Choose(SessionRequests.For(VoiceStage.Tts, asked, language))).Engines;
        return Join(asked is null or EngineOptions.Auto ? Speaking(language, engines) : engines, null);
    }

    /// <summary>The best synthesiser for a language alone, to speak what nobody waits for.</summary>
    /// <returns>Null: it is not on this machine. A service elsewhere is paid for speech that perhaps nobody hears.</returns>
    /// <exception cref="VoiceException">There is none.</exception>
    public ISpeechSynthesizer? SelectBackgroundSynthesizer(string language) =>
        InBackground(Speaking(language, Require(_tts.Choose(SessionRequests.For(VoiceStage.Tts, null, language))).Engines)[0]);

    public SessionEngines Select(SessionConfig config) => Select(config, null);

    SessionEngines IEngineSelector.Select(SessionConfig config, SelectionContext context) => Select(config, context);

    private SessionEngines Select(SessionConfig config, SelectionContext? context)
    {
        if (context is not null) { _chooser.SessionBegan(Describe); }
        var health = new SessionHealth();
        var vad = Require(_vad.Choose(SessionRequests.For(VoiceStage.Vad, config, context)));
        var asr = SessionRecognizer.Choose(_asr, SessionRequests.For(VoiceStage.Asr, config, context), _chooser, Join, health);
        var reply = Require(_reply.Choose(SessionRequests.For(VoiceStage.Reply, config, context)));
        var tts = Require(_tts.Choose(SessionRequests.For(VoiceStage.Tts, config, context)));
        var voices = Speaking(config.Language ?? "en-US", tts.Engines);
        var quick = ChooseQuick(config.Engines?.Quick, SessionRequests.For(VoiceStage.Reply, config, null));
        var choices = new Dictionary<string, EngineChoice>
        {
            ["vad"] = ToChoice(vad), ["asr"] = new(asr.Decision.Chosen, asr.Why), ["turn"] = new(_turn.Name, "configured"),
            ["reply"] = ToChoice(reply), ["tts"] = ToChoice(tts),
        };
        if (quick is { Name: var opens, Why: var why } && opens != reply.Decision.Chosen) { choices["quick"] = new(opens, why); } else { quick = null; }
        return new SessionEngines
        {
            Health = health,
            Vad = vad.Engines[0].Engine,
            Asr = asr.Recognizer,
            Turn = _turn,
            TurnModel = _turnModel,
            Reply = _decorate(Join(reply.Engines, health), _words.Choose().Engines is [var words, ..] ? words.Engine : null, quick?.Engine),
            Tts = Join(voices, health),
            BackgroundTts = InBackground(voices[0]),
            Choices = choices,
            Decisions = [vad.Decision, asr.Decision, reply.Decision, tts.Decision],
        };
    }

    /// <summary>The small model that a session asks for, else the configured one; null: there is none, or it is not available.</summary>
    private (IChatClient Engine, string Name, string Why)? ChooseQuick(string? asked, PolicyRequest request)
    {
        var isAsked = asked is not (null or EngineOptions.Auto);
        return (isAsked ? asked : _quick) is { } name
            && _reply.Choose(request with { Asked = name }, remember: false) is { Engines: [var quick, ..] } && quick.Name == name
            ? (Join([quick], null), name, isAsked ? "asked for" : "configured") : null;
    }

    public void Dispose()
    {
        _vad.Dispose();
        _asr.Dispose();
        _reply.Dispose();
        _tts.Dispose();
        _words.Dispose();
        (_turnModel as IDisposable)?.Dispose();
    }

    /// <summary>The engines that the policy chooses from; null: it chooses none for this stage.</summary>
    private IEngineShelf? ShelfOf(VoiceStage stage) => stage switch
    {
        VoiceStage.Vad => _vad,
        VoiceStage.Asr => _asr,
        VoiceStage.Reply => _reply,
        VoiceStage.Tts => _tts,
        _ => null,
    };

    /// <summary>Those that speak the language come first; without any, all stand as they are: better an accent than silence.</summary>
    private static EngineHandle<ISpeechSynthesizer>[] Speaking(string language, IReadOnlyList<EngineHandle<ISpeechSynthesizer>> engines) =>
        [.. engines.Where(e => e.Engine.Supports(language)), .. engines.Where(e => !e.Engine.Supports(language))];

    private IChatClient Join(IReadOnlyList<EngineHandle<IChatClient>> engines, SessionHealth? health) => _chains?.Chat(engines, health) ?? engines[0].Engine;

    private ISpeechRecognizer Join(IReadOnlyList<EngineHandle<ISpeechRecognizer>> engines, SessionHealth? health) =>
        _chains?.Recognizer(engines, health) ?? engines[0].Engine;

    private IReadOnlyList<ISpeechSynthesizer> Join(IReadOnlyList<EngineHandle<ISpeechSynthesizer>> engines, SessionHealth? health) =>
        _chains is null ? [.. engines.Select(e => e.Engine)] : [_chains.Synthesizer(engines, health)];

    private ISpeechSynthesizer? InBackground(EngineHandle<ISpeechSynthesizer> engine) => engine.Attributes.Local ? _chains?.Synthesizer([engine]) : null;

    private static PolicyRequest Wish(VoiceStage stage) => SessionRequests.For(stage, new SessionConfig(), null);

    private static EngineChoice ToChoice<T>((IReadOnlyList<T> Engines, PolicyDecision Decision) chosen) => new(chosen.Decision.Chosen, chosen.Decision.Why);

    private static (IReadOnlyList<T> Engines, PolicyDecision Decision) Require<T>((IReadOnlyList<T> Engines, PolicyDecision Decision) chosen) =>
        chosen.Engines.Count > 0 ? chosen : throw NoEngine(chosen.Decision);

    internal static VoiceException NoEngine(PolicyDecision decision)
    {
        var stage = Enum.Parse<VoiceStage>(decision.Stage, ignoreCase: true);
        return new VoiceException(stage, $"Stage {stage}: {decision.Why}");
    }
}
