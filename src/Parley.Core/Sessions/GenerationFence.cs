namespace Parley.Sessions;

/// <summary>
/// Says which reply may still be heard. Each reply gets a generation; the send loop asks here last, at the socket, so a stale packet
/// cannot leave, whatever the queues hold.
/// </summary>
/// <remarks>Opened and closed by the session's loop, read by the send loop. Thread-safe.</remarks>
public sealed class GenerationFence
{
    private uint _last;
    private volatile uint _open;

    /// <summary>Opens the next generation and thereby closes the one before it.</summary>
    public uint Open()
    {
        _open = ++_last;
        return _last;
    }

    /// <summary>The session was resumed: the next generation follows <paramref name="last"/>.</summary>
    public void GoOnAfter(uint last) => _last = last;

    /// <summary>Opens a generation again that a broken line stopped.</summary>
    public void Reopen(uint generation) => _open = generation;

    /// <summary>Closes the open generation: nothing of it leaves any more.</summary>
    public void Close() => _open = 0;

    /// <summary>Whether what belongs to <paramref name="generation"/> may leave.</summary>
    public bool IsOpen(uint generation) => _open == generation;
}
