using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Policy;
using Parley.Replies.QuickReplies;
using Parley.Testing.Simulated;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Turns;

namespace Parley.Testing.Sessions;

/// <summary>A set of simulated engines, shared by all sessions that select it.</summary>
public sealed class SimulatedEngines(TimeProvider time) : IEngineSelector
{
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

    public SessionEngines Select(SessionConfig config) => new()
    {
        Vad = Vad,
        Asr = Recognizer ?? Asr,
        Turn = TurnDetector ?? Turn,
        TurnModel = TurnModel,
        Reply = Quick is null ? Reply ?? Chat : new QuickReplyChatClient(Reply ?? Chat, Quick, new QuickReplyOptions(), Time),
        Tts = TtsFallback is null ? [Voice ?? Tts] : [Voice ?? Tts, TtsFallback],
        Choices = Quick is null
            ? new Dictionary<string, EngineChoice> { ["asr"] = new("simulated", "asked for") }
            : new Dictionary<string, EngineChoice> { ["asr"] = new("simulated", "asked for"), ["quick"] = new("small", "configured") },
    };
}
