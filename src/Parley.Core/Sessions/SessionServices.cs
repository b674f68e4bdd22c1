using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Pipeline;
using Parley.Policy;
using Parley.Policy.Experiments;
using Parley.Recording;
using Parley.Timeline;
using Parley.Tts.Caching;
using Parley.Turns;
using Parley.Turns.Coaching;
using Parley.Vad;

namespace Parley.Sessions;

/// <summary>What all sessions share.</summary>
public sealed record SessionServices(IEngineSelector Engines, ParleyMetrics Metrics, TimeProvider Time, ILogger<VoiceSession> Logger)
{
    public SessionOptions Options { get; init; } = new();

    public VadOptions Vad { get; init; } = new();

    public SpeculationOptions Speculation { get; init; } = new();

    /// <summary>Where sessions outlive their connections; null: they do not.</summary>
    public ISessionStore? Store { get; init; }

    /// <summary>The sessions that run here: one that is resumed may still run on its old line.</summary>
    public SessionRegistry? Running { get; init; }

    /// <summary>In a replay: what decisions were made from; else null.</summary>
    internal IRecordedReadings? Recorded { get; init; }

    public TurnObserverQueue? Observers { get; init; }

    /// <summary>Who gives feedback to learners; null: nobody does, and <c>session.ready</c> shows it off.</summary>
    public CoachingQueue? Coach { get; init; }

    /// <summary>What speaks beforehand what sessions will probably say; null: nothing does.</summary>
    public SpeechPrefetcher? Prefetcher { get; init; }

    /// <summary>Who is told how sessions go; null: nobody is.</summary>
    public ISessionObserver? Figures { get; init; }

    /// <summary>Which learners get what another way; none by default.</summary>
    public ExperimentDesk Experiments { get; init; } = new(new Dictionary<string, ExperimentOptions>());

    /// <summary>Whether traces, where somebody collects them, hold what was said.</summary>
    public bool TraceSpeech { get; init; }

    /// <summary>Where sessions call engines; where they run themselves, unless told otherwise. Those that share a thread must not hold up each other's frames.</summary>
    public Aside Aside { get; init; } = static work => work();

    /// <summary>Where sessions wait for what their client says; where they run themselves, unless told otherwise.</summary>
    public Aside AtLine { get; init; } = static work => work();

    /// <summary>Makes the ids and tokens of sessions: unguessable, unless a test wants them known.</summary>
    public Func<string> NewId { get; init; } = () => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    /// <summary>What is begun before a learner's turns have ended.</summary>
    internal SpeculationOptions SpeculationFor(string? learnerId) => Experiments.Speculation(learnerId) is { } enabled && enabled != Speculation.Enabled
        ? new SpeculationOptions
        {
            Enabled = enabled, EarlyFinal = Speculation.EarlyFinal, MaxDiscardRate = Speculation.MaxDiscardRate, RestTurns = Speculation.RestTurns, MinConfidence = Speculation.MinConfidence,
        }
        : Speculation;
}
