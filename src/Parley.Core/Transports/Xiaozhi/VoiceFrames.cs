using Parley.Audio;
using Parley.Audio.Codecs;

namespace Parley.Transports.Xiaozhi;

/// <summary>Packets of whatever length go in, whole Opus frames come out.</summary>
/// <remarks>Used by the session's send loop alone.</remarks>
internal sealed class VoiceFrames(IOpusEncoder opus)
{
    private readonly short[] _frame = new short[opus.FrameSamples];
    private int _filled;
    private long _frames;

    /// <summary>Where the frame that came last begins, counted from the begin of the reply.</summary>
    public TimeSpan At => AudioMath.DurationOf((_frames - 1) * _frame.Length, opus.SampleRate);

    /// <summary>Takes samples, up to the end of a frame.</summary>
    /// <param name="samples">The samples; those that were taken are gone from it.</param>
    /// <param name="frame">The frame, if one is full; valid until the next call.</param>
    public bool TryFill(ref ReadOnlyMemory<short> samples, out ReadOnlyMemory<byte> frame)
    {
        var taken = Math.Min(samples.Length, _frame.Length - _filled);
        samples.Span[..taken].CopyTo(_frame.AsSpan(_filled));
        samples = samples[taken..];
        _filled += taken;
        frame = default;
        return _filled == _frame.Length && TryFlush(out frame);
    }

    /// <summary>The rest of the reply, filled up with silence, if there is any.</summary>
    public bool TryFlush(out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        if (_filled == 0) { return false; }
        frame = opus.Encode(_frame.AsSpan(0, _filled));
        (_filled, _frames) = (0, _frames + 1);
        return true;
    }

    /// <summary>Another reply begins: the device's decoder knows nothing of this one.</summary>
    public void Reset()
    {
        opus.Reset();
        (_filled, _frames) = (0, 0);
    }
}
