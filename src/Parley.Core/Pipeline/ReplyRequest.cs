using Microsoft.Extensions.AI;
using Parley.Transports.Protocol;

namespace Parley.Pipeline;

/// <summary>What a reply is asked for with.</summary>
/// <param name="Config">How it is made: the session's configuration, but for what the client wants otherwise.</param>
/// <param name="Input">What it answers; null: what the conversation remembers.</param>
/// <param name="IsBeside">Whether it is no part of the conversation, and not remembered.</param>
/// <param name="Id">What the client calls the request; null: it has no name, or nobody asked.</param>
internal sealed record ReplyRequest(SessionConfig Config, IReadOnlyList<ChatMessage>? Input = null, bool IsBeside = false, string? Id = null);
