using Parley.Transports;

namespace Parley.Sessions;

/// <summary>How a session ends.</summary>
/// <param name="Reason">What the client is told.</param>
/// <param name="Close">How the line is closed.</param>
internal sealed record SessionEnding(string Reason, TransportCloseReason Close)
{
    public static SessionEnding Shutdown { get; } = new("shutdown", TransportCloseReason.GoingAway);
}
