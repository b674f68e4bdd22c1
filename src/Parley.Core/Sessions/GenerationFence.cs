namespace Parley.Sessions;

/// <summary>
/// Says which reply may still be heard. Each reply gets a generation; the send loop asks here last, at the socket, so a stale packet
/// cannot leave, whatever the queues hold. A reply that came to its end is not stale: what is queued of it leaves, before anything of the next one.
/// </summary>
/// <remarks>Opened and closed by the session's loop, read by the send loop. Thread-safe.</remarks>
public sealed class GenerationFence
{
    private uint _last;
    private volatile uint _closed;

    /// <summary>Opens the next generation.</summary>
    public uint Open() => ++_last;

    /// <summary>The session was resumed: the next generation follows <paramref name="last"/>.</summary>
    public void GoOnAfter(uint last) => (_last, _closed) = (last, last);

    /// <summary>Opens the last generation again, which a broken line stopped.</summary>
    public void Reopen(uint generation) => _closed = generation - 1;

    /// <summary>Closes all generations so far: nothing of them leaves any more.</summary>
    public void Close() => _closed = _last;

    /// <summary>Whether what belongs to <paramref name="generation"/> may leave.</summary>
    public bool IsOpen(uint generation) => generation > _closed;
}
