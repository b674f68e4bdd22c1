using System.Buffers;
using System.Buffers.Binary;

namespace Parley.Audio;

/// <summary>Reads WAV files as they are found in the wild: odd chunks, wrong lengths, several encodings and channels.</summary>
/// <remarks>
/// PCM of 8, 16, 24 or 32 bit and floats of 32 or 64 bit, also as WAVE_FORMAT_EXTENSIBLE. A truncated file gives what is there; lengths of
/// 0 or 0xFFFFFFFF, as streaming writers leave them, mean "to the end". Thread-safe.
/// </remarks>
public static class WavReader
{
    /// <summary>The longest audio that is read, unless the caller says otherwise.</summary>
    public static readonly TimeSpan DefaultMaxDuration = TimeSpan.FromHours(1);

    private const int MaxFormatBytes = 1024;

    /// <summary>Reads a file.</summary>
    /// <inheritdoc cref="Read(Stream, TimeSpan?)"/>
    public static WavAudio Read(string path, TimeSpan? maxDuration = null)
    {
        using var file = File.OpenRead(path);
        return Read(file, maxDuration);
    }

    /// <summary>Reads a stream from where it stands, forwards only.</summary>
    /// <exception cref="AudioFormatException">Not a WAV, an encoding or rate that is not read, no audio, or too long.</exception>
    public static WavAudio Read(Stream stream, TimeSpan? maxDuration = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> head = stackalloc byte[12];
        var got = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (got == 0) { throw new AudioFormatException("The WAV file is empty."); }
        if (got < head.Length || !head[..4].SequenceEqual("RIFF"u8) || !head[8..].SequenceEqual("WAVE"u8))
        {
            throw new AudioFormatException("This is not a WAV file (no RIFF/WAVE header).");
        }
        var riffEnd = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) + 8L;
        long position = head.Length;
        WavFormat? format = null;
        while (stream.ReadAtLeast(head[..8], 8, throwOnEndOfStream: false) == 8)
        {
            position += 8;
            long length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (head[..4].SequenceEqual("data"u8))
            {
                var known = format ?? throw new AudioFormatException("The WAV file has data before its format.");
                // An honest empty chunk is followed by what RIFF's own length announces; a streaming writer's length announces nothing.
                var toEnd = length == uint.MaxValue || (length == 0 && (riffEnd <= position || riffEnd > uint.MaxValue));
                if (ReadData(stream, known, toEnd ? long.MaxValue : length, maxDuration ?? DefaultMaxDuration) is { } audio) { return audio; }
            }
            else if (head[..4].SequenceEqual("fmt "u8))
            {
                var chunk = new byte[Math.Min(length, MaxFormatBytes)];
                got = stream.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
                format = WavFormat.Parse(chunk.AsSpan(0, got));
                Skip(stream, length - chunk.Length + (length & 1));
            }
            else { Skip(stream, length + (length & 1)); }
            position += length + (length & 1);
        }
        throw new AudioFormatException(format is null ? "The WAV file has no format chunk." : "The WAV file holds no audio.");
    }

    private static WavAudio? ReadData(Stream stream, WavFormat format, long length, TimeSpan maxDuration)
    {
        var frameBytes = format.FrameBytes;
        var limit = AudioMath.SamplesIn(maxDuration, format.SampleRate);
        // Grown as audio arrives: a length in a header is a claim, not a reason to allocate.
        var samples = new ArrayBufferWriter<short>(4096);
        var block = new byte[frameBytes * Math.Max(1, 16384 / frameBytes)];
        while (length > 0)
        {
            var wanted = (int)Math.Min(block.Length, length);
            var got = stream.ReadAtLeast(block.AsSpan(0, wanted), wanted, throwOnEndOfStream: false);
            var frames = got / frameBytes;
            if (samples.WrittenCount + frames > limit)
            {
                throw new AudioFormatException($"The WAV file is longer than the {maxDuration.TotalSeconds:0} s that are read.");
            }
            if (frames > 0)
            {
                var target = samples.GetSpan(frames);
                for (var i = 0; i < frames; i++) { target[i] = format.ToMono(block.AsSpan(i * frameBytes, frameBytes)); }
                samples.Advance(frames);
            }
            length -= got;
            if (got < wanted) { break; }
        }
        return samples.WrittenCount == 0
            ? null
            : new WavAudio(samples.WrittenSpan.ToArray(), format.SampleRate, format.Channels, format.Bits, format.IsFloat);
    }

    private static void Skip(Stream stream, long count)
    {
        Span<byte> waste = stackalloc byte[512];
        while (count > 0)
        {
            var got = stream.Read(waste[..(int)Math.Min(waste.Length, count)]);
            if (got == 0) { return; }
            count -= got;
        }
    }
}
