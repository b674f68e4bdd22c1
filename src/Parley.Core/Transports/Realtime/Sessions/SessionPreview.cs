using System.Text.Json;
using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>Tells what a session will be, before it begins.</summary>
public static class SessionPreview
{
    /// <summary>Lays what a client asks for over the session that its call would have.</summary>
    /// <param name="call">What is known of the client.</param>
    /// <param name="sessionId">The session's name.</param>
    /// <param name="asked">The session in the form of a <c>session.update</c>.</param>
    /// <returns>The whole session as it would be told; or, where it is null, the path and the code of what is wrong, and a sentence about it.</returns>
    public static (JsonElement? Session, string? Param, string Code, string Message) Of(RealtimeCall call, string sessionId, JsonElement asked)
    {
        var (session, fault) = SessionChange.Apply(RealtimeSession.For(call, sessionId), asked);
        return session is null ? (null, fault!.Param, fault.Code, fault.Message)
            : (JsonSerializer.SerializeToElement(session, RealtimeJson.Default.RealtimeSession), null, "", "");
    }
}
