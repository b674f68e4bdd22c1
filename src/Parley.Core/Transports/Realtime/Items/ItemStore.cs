using Parley.Transports.Realtime.Wire;

namespace Parley.Transports.Realtime.Items;

/// <summary>The conversation as its client knows it, in its order. Old items go when there are too many, old audio when it is too much.</summary>
internal sealed class ItemStore
{
    public const int MaxItems = 1_000;

    /// <summary>About a minute and a half of PCM.</summary>
    public const int MaxAudioBytes = 4 * 1024 * 1024;

    private readonly List<StoredItem> _items = [];

    /// <summary>The item at the end; null while there is none.</summary>
    public string? LastId => _items.Count == 0 ? null : _items[^1].Id;

    public StoredItem? Find(string? id) => _items.Find(i => i.Id == id);

    public StoredItem? FindNative(string id) => _items.Find(i => i.NativeId == id);

    /// <summary>The call of this id whose result is waited for; null: there is none.</summary>
    public StoredItem? FindCall(string? callId) => _items.Find(i => i is { WantsOutput: true, Item: FunctionCallItem { CallId: { } id } } && id == callId);

    /// <summary>Adds an item at the end.</summary>
    /// <returns>The item before it; null: it is the first.</returns>
    public string? Add(StoredItem item)
    {
        var previous = LastId;
        _items.Add(item);
        if (_items.Count > MaxItems) { _items.RemoveAt(0); }
        return previous;
    }

    /// <summary>The item before this one; null: it is the first, or gone.</summary>
    public string? Before(StoredItem item) => _items.IndexOf(item) is > 0 and var at ? _items[at - 1].Id : null;

    /// <summary>Adds an item behind <paramref name="previous"/>; null: as the first.</summary>
    public void Insert(StoredItem item, StoredItem? previous) => _items.Insert(previous is null ? 0 : _items.IndexOf(previous) + 1, item);

    public void Remove(StoredItem item) => _items.Remove(item);

    public IEnumerable<StoredItem> AllBefore(StoredItem item) => _items.TakeWhile(i => i != item);

    /// <summary>An item has got audio: what is too much goes, the oldest first.</summary>
    public void BoundAudio()
    {
        var bytes = _items.Sum(i => (long)i.AudioBytes);
        foreach (var item in _items)
        {
            if (bytes <= MaxAudioBytes) { return; }
            bytes -= item.AudioBytes;
            item.DropAudio();
        }
    }
}
