using System.Text;
using Microsoft.Extensions.AI;
using Parley.Replies;

namespace Parley.Resilience.Chains;

/// <summary>What has come of an answer so far, so that another model can go on with it.</summary>
/// <param name="messages">The prompt.</param>
/// <param name="continues">Whether an answer that was begun may go on; where not, its text is not kept.</param>
internal sealed class UnfinishedAnswer(IEnumerable<ChatMessage> messages, bool continues)
{
    private IEnumerable<ChatMessage>? _longer;
    private StringBuilder? _text;
    private bool _isBegun, _isText = true;

    /// <summary>What the next model is asked.</summary>
    public IEnumerable<ChatMessage> Messages => _longer ?? messages;

    public void Add(ChatResponseUpdate update)
    {
        // By index: an enumerator would be an allocation for each token.
        for (var i = 0; i < update.Contents.Count; i++)
        {
            switch (update.Contents[i])
            {
                case TextContent { Text.Length: 0 } or UsageContent:
                    break;
                case TextContent text:
                    _isBegun = true;
                    if (continues) { (_text ??= new StringBuilder()).Append(text.Text); }
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
        if (!continues || !_isText || _text is null) { return false; }
        _longer = [.. messages, new ChatMessage(ChatRole.Assistant, _text.ToString()), new ChatMessage(ChatRole.System, SystemPrompt.TakeOver)];
        return true;
    }
}
