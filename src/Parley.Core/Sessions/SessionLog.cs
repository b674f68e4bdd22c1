using Microsoft.Extensions.Logging;
using Parley.Diagnostics;

namespace Parley.Sessions;

/// <summary>What a session writes into the log: never what was said.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(LogLevel.Information, "Session {SessionId} opened.")]
    public static partial void SessionOpened(this ILogger logger, string sessionId);

    [LoggerMessage(LogLevel.Warning, "Session {SessionId} is left: {Why}")]
    public static partial void SessionLeft(this ILogger logger, string sessionId, string why);

    [LoggerMessage(LogLevel.Information, "Session {SessionId} ended: {Reason}.")]
    public static partial void SessionEnded(this ILogger logger, string sessionId, string reason);

    [LoggerMessage(LogLevel.Warning, "Session {SessionId}, turn {TurnId}: stage {Stage} failed: {Problem}")]
    public static partial void SessionStageFailed(this ILogger logger, string sessionId, string? turnId, VoiceStage stage, string problem);

    [LoggerMessage(LogLevel.Error, "Session {SessionId}, turn {TurnId}: stage {Stage} threw what it should not.")]
    public static partial void SessionStageCrashed(this ILogger logger, string sessionId, string? turnId, VoiceStage stage, Exception failure);

    [LoggerMessage(LogLevel.Error, "Session {SessionId} crashed.")]
    public static partial void SessionCrashed(this ILogger logger, string sessionId, Exception failure);
}
