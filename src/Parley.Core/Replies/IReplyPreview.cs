using Microsoft.Extensions.AI;

namespace Parley.Replies;

/// <summary>A chat client that can say beforehand, at no cost and to nobody, what it would answer; found by <c>GetService</c>.</summary>
/// <remarks>Thread-safe. A client that asks a model does not offer it.</remarks>
public interface IReplyPreview
{
    /// <summary>The answer that the same messages and options will get; null: that is not known.</summary>
    string? Preview(IReadOnlyList<ChatMessage> messages, ChatOptions? options);
}
