namespace Parley.OpenAICompatible.Http;

/// <summary>An engine's hold on its upstream; disposing it lets go. Thread-safe.</summary>
public sealed class UpstreamLease : IDisposable
{
    private readonly UpstreamPool _pool;
    private int _returned;

    internal UpstreamLease(UpstreamPool pool, Upstream upstream) => (_pool, Upstream) = (pool, upstream);

    public Upstream Upstream { get; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _returned, 1) == 0) { _pool.Return(Upstream); }
    }
}
