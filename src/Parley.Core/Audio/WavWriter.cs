using System.Buffers.Binary;

namespace Parley.Audio;

/// <summary>Writes PCM16 as WAV while it comes, mono or stereo.</summary>
/// <remarks>
/// Unless the length is known beforehand, the header first says "length unknown" (0xFFFFFFFF), which players take as "to the end"; disposing
/// corrects it where the stream can seek, so a file that was cut short by a crash still plays. Not thread-safe.
/// </remarks>
public sealed class WavWriter : IDisposable
{
    private const int HeaderBytes = 44;

    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly int _channels;
    private readonly long _start;
    private readonly byte[] _block = new byte[4096];
    private long _samples;
    private bool _disposed;

    /// <param name="stream">Where to write, from its present position.</param>
    /// <param name="sampleRate">Samples a second and channel.</param>
    /// <param name="channels">1, or 2 for interleaved left and right.</param>
    /// <param name="leaveOpen">Whether the stream outlives the writer.</param>
    /// <param name="samples">How many samples will be written, of all channels, where that is known: for streams that cannot seek.</param>
    public WavWriter(Stream stream, int sampleRate, int channels = 1, bool leaveOpen = false, long? samples = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, AudioMath.MinRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, AudioMath.MaxRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 2);
        (_stream, _leaveOpen, _channels) = (stream, leaveOpen, channels);
        _start = stream.CanSeek ? stream.Position : 0;
        WriteHeader(sampleRate, samples is { } n && n * sizeof(short) + HeaderBytes <= uint.MaxValue ? (uint)(n * sizeof(short)) : null);
    }

    /// <summary>Creates or replaces a file.</summary>
    public static WavWriter Create(string path, int sampleRate, int channels = 1) => new(File.Create(path), sampleRate, channels);

    /// <summary>Time written so far.</summary>
    public long SamplesPerChannel => _samples / _channels;

    /// <summary>Appends samples; in stereo left and right alternate, and a call may end between the two.</summary>
    public void Write(ReadOnlySpan<short> samples)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, _block.Length / sizeof(short));
            for (var i = 0; i < count; i++) { BinaryPrimitives.WriteInt16LittleEndian(_block.AsSpan(i * sizeof(short)), samples[i]); }
            _stream.Write(_block, 0, count * sizeof(short));
            _samples += count;
            samples = samples[count..];
        }
    }

    /// <summary>Puts the true length into the header, if the stream can seek, and closes the stream unless it was to be left open.</summary>
    public void Dispose()
    {
        if (_disposed) { return; }
        _disposed = true;
        var bytes = _samples * sizeof(short);
        if (_stream.CanSeek && bytes + HeaderBytes <= uint.MaxValue)
        {
            var end = _stream.Position;
            WriteLength(_start + 4, (uint)(bytes + HeaderBytes - 8));
            WriteLength(_start + 40, (uint)bytes);
            _stream.Position = end;
        }
        _stream.Flush();
        if (!_leaveOpen) { _stream.Dispose(); }
    }

    private void WriteHeader(int sampleRate, uint? bytes)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], bytes + HeaderBytes - 8 ?? uint.MaxValue);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], (short)_channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], sampleRate * _channels * sizeof(short));
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], (short)(_channels * sizeof(short)));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], bytes ?? uint.MaxValue);
        _stream.Write(header);
    }

    private void WriteLength(long position, uint length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, length);
        _stream.Position = position;
        _stream.Write(bytes);
    }
}
