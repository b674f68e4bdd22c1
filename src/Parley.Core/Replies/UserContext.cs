namespace Parley.Replies;

/// <summary>What the user looks at and does in the client: what was shared with <c>context_update</c> and told with <c>ui_event</c>.</summary>
/// <remarks>Thread-safe: the session's loop writes, tools read beside it. Bounded: the oldest make room.</remarks>
public sealed class UserContext
{
    /// <summary>Items and events that are kept.</summary>
    public const int MaxItems = 16, MaxEvents = 32;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, ContextItem> _items = [];
    private readonly Queue<UserAction> _actions = [];

    /// <summary>A copy of the items, the oldest first.</summary>
    public IReadOnlyList<ContextItem> Items { get { lock (_lock) { return [.. _items.Values]; } } }

    /// <summary>A copy of the newest events, the oldest first.</summary>
    public IReadOnlyList<UserAction> Actions { get { lock (_lock) { return [.. _actions]; } } }

    /// <summary>Keeps what the user looks at; the same id replaces.</summary>
    public void Set(ContextItem item)
    {
        lock (_lock)
        {
            if (_items.Count == MaxItems && !_items.ContainsKey(item.Id)) { _items.RemoveAt(0); }
            _items[item.Id] = item;
        }
    }

    /// <summary>Keeps what the user did.</summary>
    public void Add(UserAction action)
    {
        lock (_lock)
        {
            if (_actions.Count == MaxEvents) { _actions.Dequeue(); }
            _actions.Enqueue(action);
        }
    }
}
