using Parley.Audio;
using Parley.Audio.Codecs;

namespace Parley.Transports.EchoKit;

/// <summary>Cuts the audio of a sentence into messages of 120 ms.</summary>
/// <remarks>Used by the session's send loop alone; a message is valid until the next call, also of the events.</remarks>
/// <param name="events">Writes the messages.</param>
/// <param name="opus">Encodes them; null: they are PCM.</param>
/// <param name="vowels">Which vowel is heard when; null: that is not told.</param>
internal sealed class SentenceAudio(EchoKitEventWriter events, IOpusEncoder? opus, VowelTrack? vowels)
{
    /// <summary>The audio in a message: what the firmware's Opus decoder expects, and short enough that PCM starts at once.</summary>
    public static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(120);

    private readonly FrameAssembler _frames = new((int)AudioMath.SamplesIn(Frame, AudioMath.SpeechRate));
    private long _origin;

    /// <summary>A sentence begins at a sample of its reply; nothing of the one before is left.</summary>
    public void Begin(long sampleOffset)
    {
        opus?.Reset();
        _frames.TakeRest();
        _origin = sampleOffset - _frames.Position;
    }

    /// <summary>Takes samples, up to the end of a frame.</summary>
    public bool TryTake(ref ReadOnlyMemory<short> samples, out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (!_frames.TryTake(ref samples, out var frame)) { return false; }
        message = Write(frame.Span);
        return true;
    }

    /// <summary>The rest of the sentence, if there is any; Opus fills it up with silence.</summary>
    public bool TryFlush(out ReadOnlyMemory<byte> message)
    {
        var rest = _frames.TakeRest();
        message = rest.IsEmpty ? default : Write(rest.Span);
        return !rest.IsEmpty;
    }

    private ReadOnlyMemory<byte> Write(ReadOnlySpan<short> frame)
    {
        if (opus is null) { return events.AudioChunk(Pcm16.ToBytes(frame)); }
        var packet = opus.Encode(frame).Span;
        return vowels is null ? events.AudioChunk(packet) : events.AudioChunk(packet, vowels.In(_origin + _frames.Position - frame.Length, frame.Length));
    }
}
