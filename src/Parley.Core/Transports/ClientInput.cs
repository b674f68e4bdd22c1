namespace Parley.Transports;

/// <summary>One thing that came from a client: a message, audio, or something that is neither.</summary>
public abstract record ClientInput;

/// <summary>Microphone audio: PCM16 little-endian mono at the rate that the session agreed on, any length.</summary>
/// <param name="Pcm">The bytes; nobody writes to them before <see cref="Release"/>.</param>
public record AudioInput(ReadOnlyMemory<byte> Pcm) : ClientInput
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Pcm { get; private protected set; } = Pcm;

    /// <summary>Nobody needs it any more: whoever lent its memory may write to it again. Whoever keeps it longer than it takes to handle it does not call this.</summary>
    public virtual void Release() { }
}

/// <summary>Input that cannot be understood. The session answers it with an error and goes on.</summary>
/// <param name="Code">One of <see cref="Protocol.ErrorCodes"/>.</param>
/// <param name="Message">What is wrong, with the field's path where there is one.</param>
/// <param name="RequestId">The <see cref="Protocol.Respond.RequestId"/> of what it was to be, if it had one.</param>
public sealed record InvalidInput(string Code, string Message, string? RequestId = null) : ClientInput;
