using System.Buffers.Binary;
using Parley.Diagnostics;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Tts;

/// <summary>Makes samples of PCM16 or WAV that comes in pieces of any size: a sample, or the header, may be cut in two.</summary>
internal sealed class PcmDecoder(int sampleRate)
{
    /// <summary>A header with chunks of text in it is longer than the usual 44 bytes, but not this long.</summary>
    private const int LongestHeader = 8192;

    private readonly List<byte> _held = [];
    private bool _isKnown;
    private int _channels = 1;
    private long _left = long.MaxValue;

    /// <summary>Samples a second; a WAV's own once its header was read.</summary>
    public int SampleRate { get; private set; } = sampleRate;

    /// <summary>Whether the audio may end here: its header came, and as much as that announced.</summary>
    public bool IsComplete => _isKnown && _left is <= 0 or > int.MaxValue;

    /// <summary>The samples that the piece completes.</summary>
    /// <exception cref="VoiceException">It is some other kind of data.</exception>
    public short[] Decode(ReadOnlySpan<byte> piece)
    {
        _held.AddRange(piece);
        if (!_isKnown && !FindAudio()) { return []; }
        var frame = sizeof(short) * _channels;
        var take = (int)Math.Min(_held.Count, _left) / frame * frame;
        var samples = new short[take / frame];
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_held);
        for (var i = 0; i < samples.Length; i++)
        {
            var sum = 0;
            for (var c = 0; c < _channels; c++) { sum += BinaryPrimitives.ReadInt16LittleEndian(bytes[(i * frame + c * sizeof(short))..]); }
            samples[i] = (short)(sum / _channels);
        }
        _held.RemoveRange(0, take);
        _left -= take;
        if (_left <= 0) { _held.Clear(); }
        return samples;
    }

    private bool FindAudio()
    {
        const int Magic = 4;
        if (_held.Count < Magic) { return false; }
        var bytes = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_held);
        if (bytes.StartsWith("RIFF"u8)) { return FindData(bytes); }
        // Asked for PCM some servers answer MP3 all the same: as samples that would be noise at full level.
        if (bytes.StartsWith("ID3"u8) || bytes.StartsWith("OggS"u8) || bytes.StartsWith("fLaC"u8) || bytes.StartsWith("<!DO"u8) || bytes.StartsWith("<htm"u8))
        {
            throw UpstreamErrors.Unintelligible(VoiceStage.Tts);
        }
        return _isKnown = true;
    }

    private bool FindData(ReadOnlySpan<byte> bytes)
    {
        var (at, isFormatKnown) = (12, false);
        while (at + 8 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (bytes.Slice(at, 4).SequenceEqual("data"u8))
            {
                if (!isFormatKnown) { throw UpstreamErrors.Unintelligible(VoiceStage.Tts); }
                // A writer that streams does not know its length, and says 0 or as much as fits.
                _left = length is 0 or >= int.MaxValue ? long.MaxValue : length;
                _held.RemoveRange(0, at + 8);
                return _isKnown = true;
            }
            if (bytes.Slice(at, 4).SequenceEqual("fmt "u8))
            {
                if (at + 24 > bytes.Length) { return false; }
                ReadFormat(bytes[(at + 8)..]);
                isFormatKnown = true;
            }
            if (length > LongestHeader) { throw UpstreamErrors.Unintelligible(VoiceStage.Tts); }
            at += 8 + (int)length + (int)(length & 1);
        }
        return bytes.Length < LongestHeader ? false : throw UpstreamErrors.Unintelligible(VoiceStage.Tts);
    }

    private void ReadFormat(ReadOnlySpan<byte> format)
    {
        const ushort Pcm = 1, Extensible = 0xFFFE;
        var (tag, bits) = (BinaryPrimitives.ReadUInt16LittleEndian(format), BinaryPrimitives.ReadUInt16LittleEndian(format[14..]));
        (_channels, SampleRate) = (BinaryPrimitives.ReadUInt16LittleEndian(format[2..]), BinaryPrimitives.ReadInt32LittleEndian(format[4..]));
        if (tag is not (Pcm or Extensible) || bits != 16 || _channels is not (1 or 2) || SampleRate is < Audio.AudioMath.MinRate or > Audio.AudioMath.MaxRate)
        {
            throw UpstreamErrors.Unintelligible(VoiceStage.Tts);
        }
    }
}
