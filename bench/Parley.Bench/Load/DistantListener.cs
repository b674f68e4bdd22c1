using Parley.Audio;
using Parley.Testing.Sessions;
using Parley.Transports;
using Parley.Transports.Protocol;

namespace Parley.Bench.Load;

/// <summary>A client on the virtual clock: a line of 10 to 40 ms each way with as much jitter again, a buffer of 0 to 80 ms, and reports every 200 ms.</summary>
/// <remarks><see cref="Tick"/> is called every 20 ms of virtual time.</remarks>
internal sealed class DistantListener
{
    private static readonly TimeSpan s_reportEvery = TimeSpan.FromMilliseconds(200);

    private readonly SimulatedConversation _talk;
    private readonly Random _random;
    private readonly bool _reports;
    private readonly TimeSpan _line, _buffer;
    private readonly Queue<(TimeSpan Due, Playback Report)> _up = new();
    private TimeSpan? _start;
    private TimeSpan _nextReport;
    private uint _generation;
    private long _received;
    private int _rate = AudioMath.SpeechRate;

    public DistantListener(SimulatedConversation talk, bool reports, Random random)
    {
        (_talk, _reports, _random) = (talk, reports, random);
        (_line, _buffer) = (Ms(10, 40), Ms(0, 80));
        talk.Client.Sent = Take;
    }

    /// <summary>The sample at which it held playback when it was told to; null before that.</summary>
    public long? StoppedAt { get; private set; }

    private TimeSpan Now => _talk.Scheduler.Clock.Elapsed;

    /// <summary>Reports where it is, if it is time to; what it reports arrives later.</summary>
    public void Tick()
    {
        if (_reports && StoppedAt is null && _start is not null && Now >= _nextReport)
        {
            _nextReport = Now + s_reportEvery;
            _up.Enqueue((Now + _line + Ms(0, 30), new Playback(_generation, PositionAt(Now))));
        }
        while (_up.TryPeek(out var first) && first.Due <= Now) { _talk.Say(_up.Dequeue().Report); }
    }

    private void Take(object item)
    {
        var arrives = Now + _line + Ms(0, 30);
        switch (item)
        {
            case AudioPacket packet when StoppedAt is null:
                if (_start is null) { (_start, _generation, _rate, _nextReport) = (arrives + _buffer, packet.GenerationId, packet.SampleRate, arrives + _buffer); }
                _received = packet.SampleOffset + packet.Samples.Length;
                break;
            case PlaybackPaused: StoppedAt ??= PositionAt(arrives); break;
        }
    }

    private long PositionAt(TimeSpan time) => Math.Clamp(AudioMath.SamplesIn(time - _start!.Value, _rate), 0, _received);

    private TimeSpan Ms(int least, int most) => TimeSpan.FromMilliseconds(_random.Next(least, most + 1));
}
