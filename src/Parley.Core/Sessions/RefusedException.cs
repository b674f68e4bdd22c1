namespace Parley.Sessions;

/// <summary>What the client asks for cannot be had; it is told why and may try something else.</summary>
/// <param name="code">One of <see cref="Transports.Protocol.ErrorCodes"/>.</param>
/// <param name="message">For people.</param>
internal sealed class RefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>What the client is told before the line is closed; null: the line stays.</summary>
    public Transports.Protocol.ErrorMessage? Last { get; init; }
}
