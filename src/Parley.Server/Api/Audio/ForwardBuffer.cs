namespace Parley.Server.Api.Audio;

/// <summary>What an encoder has written and the client has not got yet. It cannot seek: what has left does not come back.</summary>
internal sealed class ForwardBuffer : MemoryStream
{
    public override bool CanSeek => false;

    /// <summary>Takes what is there; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        var bytes = GetBuffer().AsMemory(0, (int)Length);
        SetLength(0);
        return bytes;
    }
}
