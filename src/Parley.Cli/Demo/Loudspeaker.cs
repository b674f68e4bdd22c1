using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Cli.Demo;

/// <summary>Plays packets as a client does: in real time, held while paused, emptied when a generation is cancelled.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class Loudspeaker
{
    private readonly Lock _lock = new();
    private readonly Queue<short> _queue = new();
    private uint _generation;
    private long _played;
    private bool _paused;

    /// <summary>The generation that is being played and how much of it was.</summary>
    public (uint Generation, long Played, bool Empty) Position { get { lock (_lock) { return (_generation, _played, _queue.Count == 0); } } }

    public void Add(AudioPacket packet)
    {
        lock (_lock)
        {
            if (packet.GenerationId != _generation)
            {
                (_generation, _played, _paused) = (packet.GenerationId, 0, false);
                _queue.Clear();
            }
            foreach (var s in packet.Samples.Span) { _queue.Enqueue(s); }
        }
    }

    public void Take(ServerMessage message)
    {
        lock (_lock)
        {
            switch (message)
            {
                case PlaybackPaused: _paused = true; break;
                case PlaybackResumed: _paused = false; break;
                case GenerationCancelled: _queue.Clear(); _paused = false; break;
            }
        }
    }

    /// <summary>The next <paramref name="frame"/> of sound; silence where there is none.</summary>
    public void Play(Span<short> frame)
    {
        lock (_lock)
        {
            frame.Clear();
            if (_paused) { return; }
            for (var i = 0; i < frame.Length && _queue.TryDequeue(out var s); i++)
            {
                frame[i] = s;
                _played++;
            }
        }
    }
}
