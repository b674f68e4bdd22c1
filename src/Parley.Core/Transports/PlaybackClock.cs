using Parley.Audio;

namespace Parley.Transports;

/// <summary>
/// Where the listener is in the current generation: what the client reported, carried on by the clock; where it reports nothing,
/// an estimate from what was sent and when. It never runs ahead of what was sent.
/// </summary>
/// <remarks>Thread-safe: the send loop tells what left, the session's loop what was reported, the pacer asks.</remarks>
public sealed class PlaybackClock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private int _sampleRate = AudioMath.SpeechRate;
    private uint _generation;
    private long _sent, _base, _baseTime, _lastReport;
    private bool _reported, _paused, _stopped;

    /// <summary>Samples of the generation that have left.</summary>
    public long Sent { get { lock (_lock) { return _sent; } } }

    /// <summary>Whether the position rests on the server's clock alone.</summary>
    public bool IsEstimated { get { lock (_lock) { return !_reported; } } }

    /// <summary>The sample that is being heard.</summary>
    public long Position { get { lock (_lock) { return PositionNow(); } } }

    /// <summary>Begins a generation, at sample 0 unless the listener has heard a part of it before.</summary>
    public void Begin(uint generation, int sampleRate, long sample = 0)
    {
        lock (_lock)
        {
            (_generation, _sampleRate, _sent, _base, _baseTime, _lastReport) = (generation, sampleRate, sample, sample, time.GetTimestamp(), sample);
            (_reported, _paused, _stopped) = (false, false, false);
        }
    }

    /// <summary>Audio of <paramref name="generation"/> up to <paramref name="endSample"/> has left.</summary>
    public void AddSent(uint generation, long endSample)
    {
        lock (_lock)
        {
            if (generation != _generation) { return; }
            Rebase();
            _sent = Math.Max(_sent, endSample);
        }
    }

    /// <summary>The client says where it is.</summary>
    /// <returns>False if the position was impossible (backwards or beyond what was sent) and was clamped.</returns>
    public bool Report(long playedSamples, bool playing)
    {
        lock (_lock)
        {
            var position = Math.Clamp(playedSamples, _lastReport, Math.Max(_lastReport, _sent));
            (_base, _baseTime, _lastReport, _reported, _stopped) = (position, time.GetTimestamp(), position, true, !playing);
            return position == playedSamples;
        }
    }

    /// <summary>The listener is held where it is.</summary>
    public long Pause()
    {
        lock (_lock)
        {
            Rebase();
            _paused = true;
            return _base;
        }
    }

    /// <summary>The listener goes on from where it was held.</summary>
    public long Resume()
    {
        lock (_lock)
        {
            (_paused, _baseTime) = (false, time.GetTimestamp());
            return _base;
        }
    }

    /// <summary>How long until the listener has heard <paramref name="sample"/>, if nothing holds it.</summary>
    public TimeSpan Until(long sample)
    {
        lock (_lock) { return AudioMath.DurationOf(Math.Max(0, sample - PositionNow()), _sampleRate); }
    }

    private void Rebase() => (_base, _baseTime) = (PositionNow(), time.GetTimestamp());

    private long PositionNow()
    {
        if (_paused || _stopped) { return _base; }
        return Math.Min(_sent, _base + AudioMath.SamplesIn(time.GetElapsedTime(_baseTime), _sampleRate));
    }
}
