using Parley.Diagnostics;

namespace Parley.OpenAICompatible.Http;

/// <summary>The upstreams of the process by name. An upstream lives as long as an engine holds it.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class UpstreamPool(IReadOnlyDictionary<string, UpstreamOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Upstream Upstream, int Holders)> _open = [];

    /// <summary>The names and settings.</summary>
    public IReadOnlyDictionary<string, UpstreamOptions> Options { get; } = options;

    /// <summary>A pool of a single upstream, for an engine that shares it with none.</summary>
    public static UpstreamPool Of(string name, UpstreamOptions options, TimeProvider? time = null) =>
        new(new Dictionary<string, UpstreamOptions> { [name] = options }, time ?? TimeProvider.System);

    /// <summary>The upstream, made with the first lease and closed with the last.</summary>
    /// <exception cref="VoiceException">It cannot be made.</exception>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public UpstreamLease Lease(string name)
    {
        var settings = Options.TryGetValue(name, out var found) ? found : throw new ArgumentException($"There is no upstream '{name}'.", nameof(name));
        lock (_gate)
        {
            var (upstream, holders) = _open.TryGetValue(name, out var open) ? open : (new Upstream(name, settings, time), 0);
            _open[name] = (upstream, holders + 1);
            upstream.Warmth.Start();
            return new UpstreamLease(this, upstream);
        }
    }

    internal void Return(Upstream upstream)
    {
        lock (_gate)
        {
            var holders = _open[upstream.Name].Holders - 1;
            if (holders > 0)
            {
                _open[upstream.Name] = (upstream, holders);
                return;
            }
            _open.Remove(upstream.Name);
        }
        upstream.Dispose();
    }
}
