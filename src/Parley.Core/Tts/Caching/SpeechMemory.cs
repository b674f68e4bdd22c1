namespace Parley.Tts.Caching;

/// <summary>The speech that was used last, up to a number of bytes.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class SpeechMemory(long maxBytes)
{
    private readonly Dictionary<SpeechKey, LinkedListNode<(SpeechKey Key, CachedSpeech Speech)>> _entries = [];
    private readonly LinkedList<(SpeechKey Key, CachedSpeech Speech)> _byUse = [];

    public long Bytes { get; private set; }

    public int Count => _entries.Count;

    /// <summary>What had to go so far.</summary>
    public long Evicted { get; private set; }

    public bool Contains(SpeechKey key) => _entries.ContainsKey(key);

    /// <summary>Finds speech, which thereby becomes the last used.</summary>
    public CachedSpeech? Find(SpeechKey key)
    {
        if (!_entries.TryGetValue(key, out var node)) { return null; }
        _byUse.Remove(node);
        _byUse.AddLast(node);
        return node.Value.Speech;
    }

    /// <summary>Keeps speech; what is larger than a quarter of the whole is not kept, for it would drive out everything else.</summary>
    public void Add(SpeechKey key, CachedSpeech speech)
    {
        if (speech.Bytes > maxBytes / 4 || _entries.ContainsKey(key)) { return; }
        _entries[key] = _byUse.AddLast((key, speech));
        Bytes += speech.Bytes;
        while (Bytes > maxBytes && _byUse.First is { } oldest)
        {
            _byUse.RemoveFirst();
            _entries.Remove(oldest.Value.Key);
            Bytes -= oldest.Value.Speech.Bytes;
            Evicted++;
        }
    }
}
