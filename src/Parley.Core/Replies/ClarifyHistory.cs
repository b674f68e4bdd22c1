using Microsoft.Extensions.AI;

namespace Parley.Replies;

/// <summary>A history without the clarifications in it: what was said, as it was confirmed, and the inner client's own replies.</summary>
internal sealed class ClarifyHistory
{
    private readonly List<ChatMessage> _messages = [];

    public ClarifyHistory(IEnumerable<ChatMessage> messages)
    {
        foreach (var message in messages) { Add(message); }
    }

    /// <summary>What the inner client is given.</summary>
    public IReadOnlyList<ChatMessage> Messages => _messages;

    /// <summary>The newest state in the history; null where there is none.</summary>
    public ClarifyState? State { get; private set; }

    /// <summary>The question of this client that the newest user message answers.</summary>
    public ClarifyAsk Answered { get; private set; }

    /// <summary>Whether the newest user message says that the text was heard wrong, and nothing more.</summary>
    public bool WasDenied { get; private set; }

    private ClarifyAsk _open;

    private void Add(ChatMessage message)
    {
        if (message.Role == ChatRole.Assistant) { AddAssistant(message); }
        else if (message.Role == ChatRole.User && _open != ClarifyAsk.Nothing) { AddAnswer(message); }
        else
        {
            if (message.Role == ChatRole.User && Answered == ClarifyAsk.Nothing) { WasDenied = false; }
            _messages.Add(message);
        }
    }

    private void AddAssistant(ChatMessage message)
    {
        var state = ClarifyState.Parse(Read<string>(message, ClarifyingChatClient.StateKey));
        (State, Answered, WasDenied) = (state, ClarifyAsk.Nothing, false);
        _open = state?.Ask ?? ClarifyAsk.Nothing;
        if (_open == ClarifyAsk.Nothing)
        {
            _messages.Add(message);
            return;
        }
        if (_messages is [.., var doubted] && doubted.Role == ChatRole.User) { _messages.RemoveAt(_messages.Count - 1); }
    }

    private void AddAnswer(ChatMessage message)
    {
        Answered = _open;
        _open = ClarifyAsk.Nothing;
        var chosen = Read<string>(message, ReplyProperties.SuggestionId);
        var asksToConfirm = Answered == ClarifyAsk.Confirm;
        if (asksToConfirm && (chosen == ClarifyingChatClient.YesId || (chosen is null && SpokenText.IsYes(message.Text))))
        {
            _messages.Add(new ChatMessage(ChatRole.User, State!.Text) { MessageId = message.MessageId, AuthorName = message.AuthorName });
        }
        else if (asksToConfirm && (chosen == ClarifyingChatClient.NoId || (chosen is null && SpokenText.IsNo(message.Text)))) { WasDenied = true; }
        else { _messages.Add(message); }
    }

    internal static T? Read<T>(ChatMessage message, string key) =>
        message.AdditionalProperties is { } properties && properties.TryGetValue<T>(key, out var value) ? value : default;
}
