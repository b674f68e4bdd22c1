using Microsoft.Extensions.AI;
using Parley.Asr;
using Parley.Policy.Ranking;
using Parley.Resilience;
using Parley.Transports.Protocol;
using Parley.Tts;
using Parley.Turns;
using Parley.Vad;

namespace Parley.Policy;

/// <summary>The engines that serve one session. All are shared with other sessions.</summary>
public sealed record SessionEngines
{
    public required IVoiceActivityDetector Vad { get; init; }

    public required ISpeechRecognizer Asr { get; init; }

    public required ITurnDetector Turn { get; init; }

    /// <summary>A model that the turn detector's evidence comes from too; null: there is none.</summary>
    public IEndOfTurnModel? TurnModel { get; init; }

    public required IChatClient Reply { get; init; }

    /// <summary>The synthesiser, then its fallbacks in order. Empty: the session has text only.</summary>
    public required IReadOnlyList<ISpeechSynthesizer> Tts { get; init; }

    /// <summary>The first synthesiser alone, to speak what nobody waits for; null: that is not done.</summary>
    public ISpeechSynthesizer? BackgroundTts { get; init; }

    /// <summary>Tells which engine takes over from which.</summary>
    public SessionHealth Health { get; init; } = new();

    /// <summary>By stage (<c>vad</c>, <c>asr</c>, <c>turn</c>, <c>reply</c>, <c>tts</c>): which, and why.</summary>
    public required IReadOnlyDictionary<string, EngineChoice> Choices { get; init; }

    /// <summary>How the policy came to them.</summary>
    public IReadOnlyList<PolicyDecision> Decisions { get; init; } = [];
}
