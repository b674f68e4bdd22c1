namespace Parley.Transports.Devices;

/// <summary>What goes on with a session: see <see cref="Protocol.SessionResume"/>.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Token">Its token.</param>
/// <param name="LastSeq">The last message that left for the device.</param>
public sealed record ResumeTicket(string SessionId, string Token, long LastSeq);
