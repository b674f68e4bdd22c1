using Microsoft.Extensions.Logging;
using Parley.Replies.Tools;

namespace Parley.Pipeline;

/// <summary>Logs the calls of tools: which, how they ended and how long they took; never what was asked or answered.</summary>
internal static partial class ToolLog
{
    public static void ToolEnded(this ILogger logger, string sessionId, ToolExchange exchange) =>
        LogEnded(logger, sessionId, exchange.Name, exchange.Outcome, exchange.Duration.TotalMilliseconds);

    [LoggerMessage(LogLevel.Information, "Session {SessionId}: tool {Tool} {Outcome} after {Milliseconds:0} ms.")]
    private static partial void LogEnded(ILogger logger, string sessionId, string tool, ToolOutcome outcome, double milliseconds);
}
