using System.Text;
using Microsoft.Extensions.AI;
using Parley.Replies;
using Parley.Replies.Wire;

namespace Parley.Resilience.Chains;

/// <summary>What has come of an answer so far, so that another model can go on with it.</summary>
/// <remarks>Not thread-safe. Disposing it lets go of what was kept.</remarks>
/// <param name="messages">The prompt.</param>
/// <param name="options">The options of the call.</param>
/// <param name="continues">Whether an answer that was begun may go on; where not, its text is not kept.</param>
internal sealed class UnfinishedAnswer(IEnumerable<ChatMessage> messages, ChatOptions? options, bool continues) : IDisposable
{
    // Half a document that another model goes on with is no document.
    private readonly bool _continues = continues && options?.ResponseFormat is not ChatResponseFormatJson;
    private readonly bool _hasTools = options?.Tools is { Count: > 0 };
    private (IEnumerable<ChatMessage> Messages, ChatOptions Options)? _longer;
    private StringBuilder? _text;
    private RelayedText? _relayed;
    private bool _isBegun, _isText = true;

    /// <summary>What the next model is asked.</summary>
    public IEnumerable<ChatMessage> Messages => _longer?.Messages ?? messages;

    /// <summary>How it is asked.</summary>
    public ChatOptions? Options => _longer?.Options ?? options;

    /// <summary>Whether the model has said why the answer ends: what breaks afterwards takes nothing from it.</summary>
    public bool IsFinished { get; private set; }

    public void Add(ChatResponseUpdate update)
    {
        IsFinished |= update.FinishReason is not null;
        // By index: an enumerator would be an allocation for each token.
        for (var i = 0; i < update.Contents.Count; i++)
        {
            switch (update.Contents[i])
            {
                case TextContent { Text.Length: 0 } or UsageContent:
                    break;
                case TextContent text:
                    _isBegun = true;
                    if (!_continues) { break; }
                    Decode();
                    (_text ??= new StringBuilder()).Append(text.Text);
                    break;
                case WireContent relayed:
                    _isBegun = true;
                    _isText = _isText && _continues && IsText(relayed.Chunk) && (_relayed ??= new RelayedText()).TryAdd(relayed.Chunk);
                    break;
                case EmotionContent or SuggestionsContent:
                    break; // Told once more, they replace what was told.
                default:
                    (_isBegun, _isText) = (true, false);
                    break;
            }
        }
    }

    /// <summary>Makes of it what another model is asked.</summary>
    /// <returns>False: what was given out cannot be gone on with.</returns>
    public bool TryGoOn()
    {
        if (!_isBegun) { return true; }
        Decode();
        if (!_continues || !_isText || _text is null) { return false; }
        _longer = Continue(_text.ToString());
        return true;
    }

    public void Dispose() => _relayed?.Dispose();

    private (IEnumerable<ChatMessage> Messages, ChatOptions Options) Continue(string said)
    {
        // Not a list: messages that their client wrote are parsed only for an engine that reads them.
        var longer = messages.Append(new ChatMessage(ChatRole.Assistant, said));
        var asked = options?.Clone() ?? new ChatOptions();
        // Not a message of its own: many models take only one system message, and only first.
        asked.Instructions = asked.Instructions is { Length: > 0 } given ? $"{given}\n{SystemPrompt.TakeOver}" : SystemPrompt.TakeOver;
        if (WireRequest.Of(messages, options) is { } wire) { asked.AdditionalProperties![ReplyProperties.Wire] = wire.Answered(said, longer); }
        return (longer, asked);
    }

    /// <summary>Takes what was relayed so far among what is decoded.</summary>
    private void Decode()
    {
        if (_relayed is null || _relayed.IsEmpty) { return; }
        if (_relayed.Take() is { } text) { (_text ??= new StringBuilder()).Append(text); } else { _isText = false; }
    }

    // A call of a tool may stand beside text.
    private bool IsText(WireChunk chunk) => !_hasTools || chunk.Json.Span.IndexOf("\"tool_calls\""u8) < 0;
}
