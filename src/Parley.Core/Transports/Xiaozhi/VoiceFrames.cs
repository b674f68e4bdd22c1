using Parley.Audio;
using Parley.Audio.Codecs;

namespace Parley.Transports.Xiaozhi;

/// <summary>Packets of whatever length go in, whole Opus frames come out.</summary>
/// <remarks>Used by the session's send loop alone; a frame is valid until the next call.</remarks>
internal sealed class VoiceFrames(IOpusEncoder opus)
{
    private FrameAssembler _frames = new(opus.FrameSamples);

    /// <summary>Where the frame that came last begins, counted from the begin of the reply.</summary>
    public TimeSpan At { get; private set; }

    /// <summary>Another reply begins: the device's decoder knows nothing of this one.</summary>
    public void Begin()
    {
        opus.Reset();
        _frames = new FrameAssembler(opus.FrameSamples);
    }

    /// <summary>Takes samples, up to the end of a frame.</summary>
    public bool TryTake(ref ReadOnlyMemory<short> samples, out ReadOnlyMemory<byte> frame)
    {
        frame = default;
        if (!_frames.TryTake(ref samples, out var whole)) { return false; }
        frame = Encode(whole);
        return true;
    }

    /// <summary>The rest of the reply, filled up with silence, if there is any.</summary>
    public bool TryFlush(out ReadOnlyMemory<byte> frame)
    {
        var rest = _frames.TakeRest();
        frame = rest.IsEmpty ? default : Encode(rest);
        return !rest.IsEmpty;
    }

    private ReadOnlyMemory<byte> Encode(ReadOnlyMemory<short> samples)
    {
        At = AudioMath.DurationOf(_frames.Position - samples.Length, opus.SampleRate);
        return opus.Encode(samples.Span);
    }
}
