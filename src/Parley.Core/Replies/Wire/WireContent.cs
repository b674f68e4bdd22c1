using Microsoft.Extensions.AI;

namespace Parley.Replies.Wire;

/// <summary>Stands in an update for what its <see cref="WireChunk"/> tells, undecoded: whoever looks for a first token finds that there is one.</summary>
/// <param name="chunk">The chunk of the same update.</param>
public sealed class WireContent(WireChunk chunk) : AIContent
{
    public WireChunk Chunk { get; } = chunk;
}
