using Parley.Transports.Protocol;
using Parley.Transports.Realtime.Sessions;

namespace Parley.Transports.Realtime.Input;

/// <summary>
/// The client's audio on its way to the session: at once where turns are detected, at the commit where the client ends them. It may come in
/// pieces of any size and faster than real time.
/// </summary>
internal sealed class InputBuffer(NativeSession native)
{
    /// <summary>The longest audio that waits for a commit, in bytes: more than five minutes of PCM.</summary>
    public const int MaxBytes = 15 * 1024 * 1024;

    private const int PiecesPerSecond = 10;

    private readonly List<ReadOnlyMemory<byte>> _waiting = [];
    private int _waitingBytes;
    private byte[] _half = [];

    private AudioFormat Format => native.Settings.Audio.Input.Format;

    private bool IsCommittedByHand => native.Settings.Audio.Input.TurnDetection is null;

    /// <summary>How much waits for a commit.</summary>
    public TimeSpan Waiting => TimeSpan.FromSeconds((double)_waitingBytes / Format.BytesPerSecond);

    /// <summary>Takes audio as it came.</summary>
    /// <returns>False: too much waits already.</returns>
    public bool TryAppend(byte[] audio)
    {
        var bytes = WholeSamples(audio);
        if (!IsCommittedByHand)
        {
            Hear(bytes);
            return true;
        }
        if (_waitingBytes + bytes.Length > MaxBytes) { return false; }
        _waiting.Add(bytes);
        _waitingBytes += bytes.Length;
        return true;
    }

    /// <summary>What waits becomes a turn of the user.</summary>
    /// <returns>Its audio.</returns>
    public byte[] Commit()
    {
        var audio = new byte[_waitingBytes];
        var at = 0;
        foreach (var piece in _waiting)
        {
            piece.CopyTo(audio.AsMemory(at));
            at += piece.Length;
        }
        Clear();
        Say(audio);
        return audio;
    }

    /// <summary>A turn of the user that is whole already, and not answered by itself.</summary>
    public void Say(byte[] audio)
    {
        native.Ask(new StartListen(Beside: true));
        Hear(audio.AsMemory(0, audio.Length - audio.Length % Format.BytesPerSample));
        native.Ask(new StopListen());
    }

    public void Clear()
    {
        _waiting.Clear();
        (_waitingBytes, _half) = (0, []);
    }

    private void Hear(ReadOnlyMemory<byte> bytes)
    {
        var piece = Format.BytesPerSecond / PiecesPerSecond;
        for (var at = 0; at < bytes.Length; at += piece)
        {
            native.Ask(new AudioInput(Format.ToPcm16(bytes.Slice(at, Math.Min(piece, bytes.Length - at)))));
        }
    }

    /// <summary>A piece may end in the middle of a sample: that half goes with the next one.</summary>
    private ReadOnlyMemory<byte> WholeSamples(byte[] audio)
    {
        var bytes = _half.Length == 0 ? audio : [.. _half, .. audio];
        var whole = bytes.Length - bytes.Length % Format.BytesPerSample;
        _half = bytes[whole..];
        return bytes.AsMemory(0, whole);
    }
}
