using Parley.Transports.Protocol;

namespace Parley.Transports.EchoKit;

/// <summary>The reply that the device is being told, of which both directions must know.</summary>
/// <remarks>Thread-safe: the send loop tells how it goes, the receive loop drops it.</remarks>
internal sealed class DeviceReply
{
    private readonly Lock _lock = new();
    private uint _generation;
    private long? _samples;
    private bool _isDropped;

    /// <summary>Whether the device does not want to hear of it any more.</summary>
    public bool IsDropped { get { lock (_lock) { return _isDropped; } } }

    /// <summary>It begins, unless it is this one already.</summary>
    /// <returns>Whether it has begun.</returns>
    public bool Begin(uint generation)
    {
        lock (_lock)
        {
            if (_generation == generation) { return false; }
            (_generation, _samples, _isDropped) = (generation, null, false);
            return true;
        }
    }

    /// <summary>All of its audio has left.</summary>
    public void Left(long samples) { lock (_lock) { _samples = samples; } }

    public void End() { lock (_lock) { (_generation, _isDropped) = (0, false); } }

    /// <summary>The device opens its microphone, so it has played what it was told, or does not want the rest.</summary>
    /// <returns>What that means to the session; null where there is no reply.</returns>
    public ClientMessage? Drop()
    {
        lock (_lock)
        {
            if (_generation == 0) { return null; }
            if (_samples is { } all) { return new Playback(_generation, all, PlaybackState.Finished); }
            _isDropped = true;
            return new Interrupt(_generation);
        }
    }
}
