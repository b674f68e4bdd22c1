using System.Buffers.Binary;

namespace Parley.Transports.Protocol;

/// <summary>
/// The 24 bytes before the audio of a binary frame to the client, little endian: <c>P</c> <c>1</c>, kind u8 (1 = speech), codec u8 (0 = PCM16),
/// generation u32, segment u32, chunk u32, sample_offset u64.
/// </summary>
public static class AudioPacketHeader
{
    public const int Size = 24;

    private const byte Speech = 1;

    public static void Write(in AudioPacket packet, Span<byte> destination)
    {
        destination[0] = (byte)'P';
        destination[1] = (byte)'1';
        destination[2] = Speech;
        destination[3] = (byte)AudioCodec.Pcm16;
        BinaryPrimitives.WriteUInt32LittleEndian(destination[4..], packet.GenerationId);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[8..], packet.Segment);
        BinaryPrimitives.WriteUInt32LittleEndian(destination[12..], packet.Chunk);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], (ulong)packet.SampleOffset);
    }

    /// <summary>Reads a frame as a client does.</summary>
    /// <param name="frame">Header and audio.</param>
    /// <param name="sampleRate">The rate that the session agreed on.</param>
    /// <exception cref="InvalidDataException">Not a packet of this version.</exception>
    public static AudioPacket Read(ReadOnlySpan<byte> frame, int sampleRate) =>
        ReadHeader(frame) with { Samples = Audio.Pcm16.ToSamples(frame[Size..]), SampleRate = sampleRate };

    /// <summary>Reads the header of a frame and leaves its audio where it is.</summary>
    /// <exception cref="InvalidDataException">Not a packet of this version.</exception>
    public static AudioPacket ReadHeader(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < Size || frame[0] != 'P' || frame[1] != '1' || frame[2] != Speech || frame[3] != (byte)AudioCodec.Pcm16)
        {
            throw new InvalidDataException("Not a PCM16 speech packet of parley.v1.");
        }
        return new AudioPacket(
            BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]), BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(frame[12..]), (long)BinaryPrimitives.ReadUInt64LittleEndian(frame[16..]),
            default, SampleRate: 0);
    }
}
