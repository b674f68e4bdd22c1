using Microsoft.Extensions.AI;
using Parley.Replies.Tools;

namespace Parley.Replies;

/// <summary>What was said by both sides, as it was heard: the memory that every reply is made from.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
public sealed class ConversationHistory(int maxMessages, UserContext user)
{
    private readonly List<ChatMessage> _messages = [];
    private readonly List<(ToolExchange Call, ChatMessage Result)> _pending = [];

    public IReadOnlyList<ChatMessage> Messages => _messages;

    /// <summary>Takes over what was said before.</summary>
    public void Restore(ConversationHistory before)
    {
        Add([.. before._messages]);
        _pending.AddRange(before._pending);
    }

    public void AddUser(string text, double? confidence, string? suggestionId, string? id = null)
    {
        var message = ToMessage(text, confidence, suggestionId);
        message.MessageId = id;
        Add(message);
    }

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
    /// <param name="id">What the message may be found by.</param>
    public void AddAssistant(string heardText, bool interrupted, AdditionalPropertiesDictionary? properties, string? id = null)
    {
        if (heardText.Length == 0) { return; }
        var message = new ChatMessage(ChatRole.Assistant, heardText) { AdditionalProperties = properties, MessageId = id };
        if (interrupted) { (message.AdditionalProperties ??= [])[ReplyProperties.Interrupted] = true; }
        Add(message);
    }

    /// <summary>Adds the tools that were called for a reply, each call with its result, also where the reply itself was not heard.</summary>
    /// <param name="exchanges">The calls; one that still runs gets its result by <see cref="AnswerTool"/>.</param>
    public void AddTools(IReadOnlyList<ToolExchange> exchanges)
    {
        foreach (var exchange in exchanges)
        {
            var result = exchange.ToResultMessage();
            if (exchange.Outcome == ToolOutcome.Pending) { _pending.Add((exchange, result)); }
            Add(exchange.ToCallMessage(), result);
        }
    }

    /// <summary>Fills in the result of a call that was still running when its reply ended; of any other nothing is to be done.</summary>
    /// <param name="call">The very call that was added.</param>
    /// <param name="answer">It, with its result.</param>
    public void AnswerTool(ToolExchange call, ToolExchange answer)
    {
        var waiting = _pending.FindIndex(p => ReferenceEquals(p.Call, call));
        if (waiting < 0) { return; }
        // A new message: the old one may be on its way to a model.
        var at = _messages.IndexOf(_pending[waiting].Result);
        if (at >= 0) { _messages[at] = answer.ToResultMessage(); }
        _pending.RemoveAt(waiting);
    }

    /// <summary>Puts a message in that nobody spoke.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="role">Who is to have said it.</param>
    /// <param name="text">What.</param>
    /// <param name="after">The message that it follows; null: the last one; empty: it is the first.</param>
    /// <returns>False if there is no <paramref name="after"/>, or a message of this name already.</returns>
    public bool Insert(string id, ChatRole role, string text, string? after)
    {
        var at = after switch { null => _messages.Count, "" => 0, _ => _messages.FindLastIndex(m => m.MessageId == after) + 1 };
        if ((at == 0 && after is { Length: > 0 }) || _messages.Exists(m => m.MessageId == id)) { return false; }
        _messages.Insert(at, new ChatMessage(role, text) { MessageId = id });
        Trim();
        return true;
    }

    /// <summary>Takes out the message of this name, wherever it is.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string id) => _messages.RemoveAll(m => m.MessageId == id) > 0;

    /// <summary>Of a reply something else was heard than was thought.</summary>
    /// <param name="id">The reply's message.</param>
    /// <param name="heardText">What was heard; with nothing there is no message any more.</param>
    /// <param name="interrupted">Whether there was more to say.</param>
    public void Correct(string id, string heardText, bool interrupted)
    {
        var at = _messages.FindLastIndex(m => m.MessageId == id);
        if (at < 0) { return; }
        if (heardText.Length == 0)
        {
            _messages.RemoveAt(at);
            return;
        }
        // A new message: the old one may be on its way to a model.
        var properties = _messages[at].AdditionalProperties is { } known ? new AdditionalPropertiesDictionary(known) : [];
        properties.Remove(ReplyProperties.Interrupted);
        if (interrupted) { properties[ReplyProperties.Interrupted] = true; }
        _messages[at] = new ChatMessage(ChatRole.Assistant, heardText) { MessageId = id, AdditionalProperties = properties };
    }

    /// <summary>Takes back the last message if the user said it: it goes on in the next one.</summary>
    /// <param name="id">Only the message of this name; null: whichever it is.</param>
    public string? TakeBackUser(string? id = null)
    {
        if (_messages.Count == 0 || _messages[^1].Role != ChatRole.User || (id is not null && _messages[^1].MessageId != id)) { return null; }
        var text = _messages[^1].Text;
        _messages.RemoveAt(_messages.Count - 1);
        return text;
    }

    /// <summary>The user's newest message of just these words is remembered in better ones.</summary>
    /// <returns>Whether there is one.</returns>
    public bool ReplaceUser(string before, string after)
    {
        var at = _messages.FindLastIndex(m => m.Role == ChatRole.User && m.Text == before);
        if (at < 0) { return false; }
        // A new message: the old one may be on its way to a model.
        _messages[at] = new ChatMessage(ChatRole.User, after) { AdditionalProperties = _messages[at].AdditionalProperties, MessageId = _messages[at].MessageId };
        return true;
    }

    /// <summary>A copy to send to a chat client: the system prompt, then the newest messages; those that were interrupted end in a dash.</summary>
    public IReadOnlyList<ChatMessage> ToPrompt(string systemPrompt) => ToPrompt(systemPrompt, _messages);

    /// <summary>The same with other messages than those that are remembered.</summary>
    public IReadOnlyList<ChatMessage> ToPrompt(string systemPrompt, IReadOnlyList<ChatMessage> messages) =>
        [new ChatMessage(ChatRole.System, SystemPrompt.WithContext(systemPrompt, user.Items)), .. JoinCalls(messages.Select(ToPrompt))];

    /// <summary>A call stands in the message of the words before it, as models write it: many servers refuse two messages of the assistant in a row.</summary>
    private static IEnumerable<ChatMessage> JoinCalls(IEnumerable<ChatMessage> messages)
    {
        ChatMessage? before = null;
        foreach (var message in messages)
        {
            if (before is not null && before.Role == ChatRole.Assistant && message.Contents is [FunctionCallContent])
            {
                before = new ChatMessage(ChatRole.Assistant, [.. before.Contents, .. message.Contents]) { AdditionalProperties = before.AdditionalProperties };
                continue;
            }
            if (before is not null) { yield return before; }
            before = message;
        }
        if (before is not null) { yield return before; }
    }

    /// <remarks>A dash is how writing shows broken speech; words in brackets would be taken up by models and spoken.</remarks>
    private static ChatMessage ToPrompt(ChatMessage message)
    {
        if (message.AdditionalProperties?.ContainsKey(ReplyProperties.Interrupted) != true) { return message; }
        var heard = message.Text.TrimEnd(',', ';', ':', '-', '—', ' ');
        var dash = heard is [.., '.' or '?' or '!'] ? " —" : "—";
        return new ChatMessage(message.Role, heard + dash) { AdditionalProperties = message.AdditionalProperties };
    }

    private void Add(params ReadOnlySpan<ChatMessage> messages)
    {
        _messages.AddRange(messages);
        Trim();
    }

    private void Trim()
    {
        while (_messages.Count > maxMessages) { _messages.RemoveAt(0); }
        // No server takes a result without its call.
        while (_messages is [var first, ..] && first.Role == ChatRole.Tool) { _messages.RemoveAt(0); }
    }
}
