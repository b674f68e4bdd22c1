using Parley.Audio;
using Parley.Transports.Protocol;

namespace Parley.Transports;

/// <summary>
/// Where the listener is in the current generation: what the client reported, carried on by the clock; where it reports nothing,
/// an estimate from what was sent and when. It never runs ahead of what was sent.
/// </summary>
/// <remarks>Thread-safe: the send loop tells what left, the session's loop what was reported, the pacer asks.</remarks>
public sealed class PlaybackClock(TimeProvider time)
{
    /// <summary>Reports older than this no longer vouch for the position: five times the interval that the protocol asks for.</summary>
    private static readonly TimeSpan s_trusted = TimeSpan.FromSeconds(1);

    /// <summary>A client that has finished may have lost so much to its resampler or its sound card.</summary>
    private static readonly TimeSpan s_tail = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private int _sampleRate = AudioMath.SpeechRate;
    private uint _generation;
    private long _sent, _base, _baseTime, _lastReport, _lastReportTime;
    private bool _reported, _paused, _stopped;

    /// <summary>Samples of the generation that have left.</summary>
    public long Sent { get { lock (_lock) { return _sent; } } }

    /// <summary>Whether the position rests on the server's clock: the client has reported nothing, or nothing for long while it was not held.</summary>
    public bool IsEstimated { get { lock (_lock) { return !_reported || (!_paused && time.GetElapsedTime(_lastReportTime) > s_trusted); } } }

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
    /// <remarks>
    /// A position behind an earlier report came out of order and changes nothing. While the listener is held, a report of somebody who still
    /// plays was sent before the hold reached the client: it may move the position on, not back.
    /// </remarks>
    /// <returns>False if the position was impossible (backwards or beyond what was sent) and was clamped.</returns>
    public bool Report(long playedSamples, PlaybackState state)
    {
        lock (_lock)
        {
            if (playedSamples < _lastReport) { return false; }
            var position = Math.Min(playedSamples, _sent);
            // Beyond what was sent is no evidence against what the client says next.
            if (position == playedSamples) { _lastReport = position; }
            if (state == PlaybackState.Finished && _sent - position <= AudioMath.SamplesIn(s_tail, _sampleRate)) { position = _sent; }
            if (_paused && state == PlaybackState.Playing) { position = Math.Max(position, _base); }
            var now = time.GetTimestamp();
            (_base, _baseTime, _lastReportTime, _reported, _stopped) = (position, now, now, true, state != PlaybackState.Playing);
            return playedSamples <= _sent;
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
            // A client that says it has stopped while it is held has done as it was told, and goes on when it is told to.
            (_stopped, _paused, _baseTime) = (_stopped && !_paused, false, time.GetTimestamp());
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
        if (_paused) { return _base; }
        var playing = time.GetElapsedTime(_baseTime);
        // Who has stopped says so again and again; who falls silent after it would hold the reply for ever.
        if (_stopped) { playing = TimeSpan.FromTicks(Math.Max(0, Math.Min(playing.Ticks, (time.GetElapsedTime(_lastReportTime) - s_trusted).Ticks))); }
        return Math.Min(_sent, _base + AudioMath.SamplesIn(playing, _sampleRate));
    }
}
