using System.Text.Json.Serialization;
using Parley.Governance;
using Parley.Resilience;
using Parley.Sessions;
using Parley.Timeline;
using Parley.Transports.Protocol;
using Parley.Tts.Caching;

namespace Parley.Server.Api.Operations;

/// <summary>How the server does, in one answer: what a console asks for again and again.</summary>
internal sealed record OperationsReport(
    DateTimeOffset At, string Version, int MaxSessions, IReadOnlyList<SessionReport> Sessions, IReadOnlyList<StageFigures> Stages, IReadOnlyList<TurnReport> Turns,
    IReadOnlyDictionary<string, long> Counters, IReadOnlyList<QueueReport> Queues, SpeechCacheReadings? Cache, double? CacheHitRate, IReadOnlyList<Alert> Alerts, HealthReport Health);

/// <summary>A session that runs.</summary>
internal sealed record SessionReport(
    string Id, double AgeMs, string? State, string? Scenario, string? Language, bool Resumed, bool Recorded, IReadOnlyDictionary<string, EngineChoice>? Engines, double? FirstAudioMs)
{
    public static SessionReport Of(LiveSession session) => new(
        session.Id, Math.Round(session.Age.TotalMilliseconds), session.State?.State.ToString().ToLowerInvariant(), session.Ready?.Config.Scenario, session.Ready?.Config.Language,
        session.Ready?.Resumed == true, session.Ready?.Config.Consent?.Record == true, session.Ready?.Engines, session.LastTurn?.FirstAudioMs);
}

/// <summary>A turn that is over; durations in milliseconds, counted as in <c>turn_metrics</c>.</summary>
internal sealed record TurnReport(
    DateTimeOffset At, string SessionId, string TurnId, bool Cut, double? EndpointMs, double? AsrFinalMs, double? ReplyFirstTokenMs, double? TtsFirstAudioMs, double? FirstAudioMs,
    double? OverheadMs)
{
    public static TurnReport Of(LoggedTurn turn)
    {
        var t = turn.Timings;
        return new TurnReport(
            turn.At, turn.SessionId, turn.TurnId, turn.IsCut, Ms(t.Endpoint), Ms(t.AsrFinal), Ms(t.ReplyFirstToken), Ms(t.TtsFirstAudio), Ms(t.FirstAudio), Ms(t.Overhead));

        static double? Ms(TimeSpan? time) => time is { } known ? Math.Round(known.TotalMilliseconds, 1) : null;
    }
}

/// <summary>What goes on before one engine.</summary>
internal sealed record QueueReport(string Stage, string Engine, int Limit, int InUse, int Waiting, long Shed)
{
    public static QueueReport Of(EngineGuard guard)
    {
        SchedulerReadings slots = guard.Slots.Read();
        return new QueueReport(guard.Stage.ToString().ToLowerInvariant(), guard.Name, slots.Limit, slots.InUse, slots.Waiting, slots.Shed);
    }
}

/// <summary>A session in the store.</summary>
internal sealed record StoredSessionReport(
    string Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? EndReason, string? Scenario, int Turns, long Entries, long Bytes, double LengthMs, bool Recorded)
{
    public static StoredSessionReport Of(SessionSummary summary)
    {
        var session = summary.Session;
        return new StoredSessionReport(
            session.Id, session.StartedAt, session.EndedAt, session.EndReason, session.Config.Scenario, summary.Turns, summary.Entries, summary.Bytes,
            Math.Round(summary.Length.TotalMilliseconds), session.Config.Consent?.Record == true);
    }
}

/// <summary>A list, as the API gives it.</summary>
internal sealed record StoredSessions(IReadOnlyList<StoredSessionReport> Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OperationsReport))]
[JsonSerializable(typeof(StoredSessions))]
internal sealed partial class OperationsJson : JsonSerializerContext;
