using System.Collections.Concurrent;

namespace Parley.Transports.Protocol;

/// <summary>Microphone audio in memory that is used again for the next frame, once it was heard.</summary>
internal sealed record LentAudio : AudioInput
{
    private readonly AudioLender _lender;
    private byte[] _memory = [];

    public LentAudio(AudioLender lender)
        : base(default(ReadOnlyMemory<byte>)) => _lender = lender;

    public override void Release() => _lender.Return(this);

    /// <summary>Copies a frame's audio.</summary>
    public void Fill(ReadOnlySpan<byte> pcm)
    {
        if (_memory.Length < pcm.Length) { _memory = new byte[pcm.Length]; }
        pcm.CopyTo(_memory);
        Pcm = _memory.AsMemory(0, pcm.Length);
    }
}

/// <summary>Lends one line's frames their memory: as many pieces as wait to be heard at a time, which as a rule is one.</summary>
/// <remarks>Thread-safe: the line lends, the session's loop gives back.</remarks>
internal sealed class AudioLender
{
    /// <summary>Pieces that are kept, so that a hiccup's do not stay for good; and the longest frame that is lent memory: half a second at 16 kHz.</summary>
    private const int Kept = 4, Longest = 16 * 1024;

    private readonly ConcurrentQueue<LentAudio> _free = new();

    /// <summary>The audio of a frame, whose own memory may be written to afterwards.</summary>
    public AudioInput Lend(ReadOnlySpan<byte> pcm)
    {
        if (pcm.Length > Longest) { return new AudioInput(pcm.ToArray()); }
        var audio = _free.TryDequeue(out var free) ? free : new LentAudio(this);
        audio.Fill(pcm);
        return audio;
    }

    public void Return(LentAudio audio)
    {
        if (_free.Count < Kept) { _free.Enqueue(audio); }
    }
}
