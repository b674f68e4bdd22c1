using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Diagnostics;
using Parley.Replies.Tools;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Turns;
using Parley.Vad;

namespace Parley.Policy;

/// <summary>All engines of the process and the choice among them: the configured one, else the best available, with its fallbacks behind it.</summary>
/// <remarks>Thread-safe. Engines are created on first use and disposed with the catalog.</remarks>
public sealed class EngineCatalog : IEngineSelector, IDisposable
{
    private readonly EngineShelf<IVoiceActivityDetector> _vad;
    private readonly EngineShelf<ISpeechRecognizer> _asr;
    private readonly EngineShelf<IChatClient> _reply;
    private readonly EngineShelf<ISpeechSynthesizer> _tts;
    private readonly EngineShelf<IWordDictionary> _words;
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
        EngineChains? chains = null)
    {
        _vad = new(VoiceStage.Vad, options.Vad, vad);
        _asr = new(VoiceStage.Asr, options.Asr, asr);
        _reply = new(VoiceStage.Reply, options.Reply, reply);
        _tts = new(VoiceStage.Tts, options.Tts, tts);
        _words = new(VoiceStage.Tools, EngineOptions.Auto, words ?? []);
        (_turn, _turnModel, _decorate, _quick, _chains) = (turn, turnModel, decorateReply ?? ((client, _, _) => client), options.Quick, chains);
    }

    /// <summary>What joins the engines of a stage; null: nothing does.</summary>
    public EngineChains? Chains => _chains;

    /// <summary>What every engine says of itself now.</summary>
    public IReadOnlyList<EngineStatus> Probe() => [.. _vad.Probe(), .. _asr.Probe(), .. _reply.Probe(), .. _tts.Probe(), .. _words.Probe()];

    /// <summary>Every engine with what is known and measured of it now.</summary>
    public IReadOnlyList<EngineDescription> Describe() => [.. _vad.Describe(), .. _asr.Describe(), .. _reply.Describe(), .. _tts.Describe(), .. _words.Describe()];

    /// <summary>The engines that a session without wishes gets, by stage.</summary>
    public IReadOnlyDictionary<string, EngineChoice> Defaults => new Dictionary<string, EngineChoice>
    {
        ["vad"] = ToChoice(_vad.Choose(null)),
        ["asr"] = ToChoice(_asr.Choose(null)),
        ["turn"] = new(_turn.Name, "configured"),
        ["reply"] = ToChoice(_reply.Choose(null)),
        ["tts"] = ToChoice(_tts.Choose(null)),
    };

    /// <summary>Creates the engines that a session without wishes gets, so that the first turn finds them warm.</summary>
    /// <exception cref="VoiceException">A stage that a conversation cannot do without has no engine.</exception>
    public void Load() => Select(new SessionConfig());

    /// <summary>The recogniser alone, for work without a conversation.</summary>
    /// <param name="asked">A name; null for the configured one or the best available.</param>
    /// <exception cref="VoiceException">There is none.</exception>
    public ISpeechRecognizer SelectRecognizer(string? asked = null) => Join(Require(VoiceStage.Asr, _asr.Choose(asked)).Engines, null);

    /// <summary>The reply engine alone, without what stands before it in a conversation.</summary>
    /// <inheritdoc cref="SelectRecognizer"/>
    public IChatClient SelectReply(string? asked = null) => Join(Require(VoiceStage.Reply, _reply.Choose(asked)).Engines, null);

    /// <summary>The small model that says the first words; null: none is configured, or it is not available.</summary>
    public IChatClient? SelectQuick() => ChooseQuick(null)?.Engine;

    /// <summary>The configured name of the small model; null: none is configured.</summary>
    public string? QuickName => _quick;

    /// <summary>The voice activity detector alone.</summary>
    /// <inheritdoc cref="SelectRecognizer"/>
    public IVoiceActivityDetector SelectDetector() => Require(VoiceStage.Vad, _vad.Choose(null)).Engines[0].Engine;

    /// <summary>The synthesisers alone: one that falls back on the others, or, without chains, the best for the language first.</summary>
    /// <inheritdoc cref="SelectRecognizer"/>
    public IReadOnlyList<ISpeechSynthesizer> SelectSynthesizers(string language, string? asked = null)
    {
        var engines = Require(VoiceStage.Tts, _tts.Choose(asked)).Engines;
        return Join(asked is null or EngineOptions.Auto ? Speaking(language, engines) : engines, null);
    }

    public SessionEngines Select(SessionConfig config)
    {
        var vad = Require(VoiceStage.Vad, _vad.Choose(null));
        var asr = Require(VoiceStage.Asr, _asr.Choose(config.Engines?.Asr));
        var reply = Require(VoiceStage.Reply, _reply.Choose(config.Engines?.Reply));
        var tts = Require(VoiceStage.Tts, _tts.Choose(config.Engines?.Tts));
        var health = new SessionHealth();
        var quick = ChooseQuick(config.Engines?.Quick);
        var choices = new Dictionary<string, EngineChoice>
        {
            ["vad"] = ToChoice(vad), ["asr"] = ToChoice(asr), ["turn"] = new(_turn.Name, "configured"),
            ["reply"] = ToChoice(reply), ["tts"] = ToChoice(tts),
        };
        if (quick is { Name: var opens, Why: var why } && opens != reply.Name) { choices["quick"] = new(opens, why); } else { quick = null; }
        return new SessionEngines
        {
            Health = health,
            Vad = vad.Engines[0].Engine,
            Asr = Join(asr.Engines, health),
            Turn = _turn,
            TurnModel = _turnModel,
            Reply = _decorate(Join(reply.Engines, health), _words.Choose(null).Engines is [var words, ..] ? words.Engine : null, quick?.Engine),
            Tts = Join(Speaking(config.Language ?? "en-US", tts.Engines), health),
            Choices = choices,
        };
    }

    /// <summary>The small model that a session asks for, else the configured one; null: there is none, or it is not available.</summary>
    private (IChatClient Engine, string Name, string Why)? ChooseQuick(string? asked)
    {
        var isAsked = asked is not (null or EngineOptions.Auto);
        return (isAsked ? asked : _quick) is { } name && _reply.Choose(name) is { Engines: [var quick, ..] } && quick.Name == name
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

    /// <summary>Those that speak the language come first; without any, all stand as they are: better an accent than silence.</summary>
    private static EngineHandle<ISpeechSynthesizer>[] Speaking(string language, IReadOnlyList<EngineHandle<ISpeechSynthesizer>> engines) =>
        [.. engines.Where(e => e.Engine.Supports(language)), .. engines.Where(e => !e.Engine.Supports(language))];

    private IChatClient Join(IReadOnlyList<EngineHandle<IChatClient>> engines, SessionHealth? health) => _chains?.Chat(engines, health) ?? engines[0].Engine;

    private ISpeechRecognizer Join(IReadOnlyList<EngineHandle<ISpeechRecognizer>> engines, SessionHealth? health) =>
        _chains?.Recognizer(engines, health) ?? engines[0].Engine;

    private IReadOnlyList<ISpeechSynthesizer> Join(IReadOnlyList<EngineHandle<ISpeechSynthesizer>> engines, SessionHealth? health) =>
        _chains is null ? [.. engines.Select(e => e.Engine)] : [_chains.Synthesizer(engines, health)];

    private static EngineChoice ToChoice<T>((IReadOnlyList<T> Engines, string Name, string Why) chosen) => new(chosen.Name, chosen.Why);

    private static (IReadOnlyList<T> Engines, string Name, string Why) Require<T>(
        VoiceStage stage, (IReadOnlyList<T> Engines, string Name, string Why) chosen) =>
        chosen.Engines.Count > 0 ? chosen : throw new VoiceException(stage, $"Stage {stage}: {chosen.Why}");
}
