using System.Collections.Concurrent;

namespace Parley.Bench.Load.Models;

/// <summary>Every script that was asked for so far. Thread-safe.</summary>
internal sealed class ScriptShelf
{
    private readonly ConcurrentDictionary<(int Tokens, bool Opens, bool IsStreamed, bool WithUsage), ModelScript> _scripts = [];

    public ModelScript Get(int tokens, bool opens, bool isStreamed, bool withUsage) =>
        _scripts.GetOrAdd((tokens, opens, isStreamed, withUsage), static key => new ModelScript(key.Tokens, key.Opens, key.IsStreamed, key.WithUsage));
}
