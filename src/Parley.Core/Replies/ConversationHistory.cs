using Microsoft.Extensions.AI;

namespace Parley.Replies;

/// <summary>What was said by both sides, as it was heard: the memory that every reply is made from.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
public sealed class ConversationHistory(int maxMessages)
{
    private readonly List<ChatMessage> _messages = [];
    private readonly Dictionary<string, ContextItem> _context = [];

    public IReadOnlyList<ChatMessage> Messages => _messages;

    /// <summary>What the user looks at.</summary>
    public IReadOnlyCollection<ContextItem> Context => _context.Values;

    /// <summary>Takes over what was said and shown before.</summary>
    public void Restore(IEnumerable<ChatMessage> messages, IEnumerable<ContextItem> context)
    {
        foreach (var message in messages) { Add(message); }
        foreach (var item in context) { SetContext(item); }
    }

    public void AddUser(string text, double? confidence, string? suggestionId) => Add(ToMessage(text, confidence, suggestionId));

    /// <summary>What the user says as a reply engine sees it.</summary>
    public static ChatMessage ToMessage(string text, double? confidence, string? suggestionId)
    {
        var message = new ChatMessage(ChatRole.User, text);
        if (confidence is { } c) { (message.AdditionalProperties ??= [])[ReplyProperties.Confidence] = c; }
        if (suggestionId is not null) { (message.AdditionalProperties ??= [])[ReplyProperties.SuggestionId] = suggestionId; }
        return message;
    }

    /// <summary>Adds what was heard of a reply.</summary>
    /// <param name="heardText">The words that were heard; with none there is nothing to remember.</param>
    /// <param name="interrupted">Whether there was more to say.</param>
    /// <param name="properties">What the chat client wants to find in the next turn.</param>
    public void AddAssistant(string heardText, bool interrupted, AdditionalPropertiesDictionary? properties)
    {
        if (heardText.Length == 0) { return; }
        var message = new ChatMessage(ChatRole.Assistant, heardText) { AdditionalProperties = properties };
        if (interrupted) { (message.AdditionalProperties ??= [])[ReplyProperties.Interrupted] = true; }
        Add(message);
    }

    /// <summary>Takes back the last message if the user said it: it goes on in the next one.</summary>
    public string? TakeBackUser()
    {
        if (_messages.Count == 0 || _messages[^1].Role != ChatRole.User) { return null; }
        var text = _messages[^1].Text;
        _messages.RemoveAt(_messages.Count - 1);
        return text;
    }

    /// <summary>Keeps what the user looks at; the same id replaces.</summary>
    public void SetContext(ContextItem item)
    {
        const int MaxItems = 16;
        if (_context.Count >= MaxItems && !_context.ContainsKey(item.Id)) { _context.Remove(_context.Keys.First()); }
        _context[item.Id] = item;
    }

    /// <summary>A copy to send to a chat client: the system prompt, then the newest messages.</summary>
    public IReadOnlyList<ChatMessage> ToPrompt(string systemPrompt) =>
        [new ChatMessage(ChatRole.System, SystemPrompt.WithContext(systemPrompt, _context.Values)), .. _messages];

    private void Add(ChatMessage message)
    {
        _messages.Add(message);
        if (_messages.Count > maxMessages) { _messages.RemoveAt(0); }
    }
}
