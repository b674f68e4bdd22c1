namespace Parley.Transports;

/// <summary>Why the server closes the line.</summary>
public enum TransportCloseReason
{
    /// <summary>The session has ended as agreed.</summary>
    Ended,

    /// <summary>The client broke the rules too often (WebSocket 1008).</summary>
    PolicyViolation,

    /// <summary>The server failed (WebSocket 1011).</summary>
    ServerError,

    /// <summary>The server is shutting down (WebSocket 1001).</summary>
    GoingAway,
}
