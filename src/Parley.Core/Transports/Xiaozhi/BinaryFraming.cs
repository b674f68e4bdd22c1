using System.Buffers.Binary;

namespace Parley.Transports.Xiaozhi;

/// <summary>
/// How a binary frame holds an Opus packet. Version 1 is the packet alone; 2 and 3 put a header in front, big endian:
/// <code>
/// 2:  u16 version, u16 kind, u32 reserved, u32 timestamp in ms, u32 length
/// 3:  u8 kind, u8 reserved, u16 length
/// </code>
/// </summary>
internal static class BinaryFraming
{
    /// <summary>The longest header.</summary>
    public const int MaxHeader = 16;

    private const int OpusKind = 0, JsonKind = 1;

    /// <summary>The version that is spoken with a device that asks for <paramref name="asked"/>.</summary>
    public static int Supported(int? asked) => asked is 2 or 3 ? asked.Value : 1;

    /// <summary>Takes a frame apart.</summary>
    /// <param name="version">1, 2 or 3.</param>
    /// <param name="frame">What came.</param>
    /// <param name="payload">The packet, or the text where <paramref name="isText"/> is true.</param>
    /// <param name="isText">Whether the frame holds a message as text.</param>
    /// <returns>False if it is no such frame.</returns>
    public static bool TryRead(int version, ReadOnlyMemory<byte> frame, out ReadOnlyMemory<byte> payload, out bool isText)
    {
        (payload, isText) = (frame, false);
        if (version == 1) { return true; }
        var header = HeaderSize(version);
        if (frame.Length < header) { return false; }
        var span = frame.Span;
        var (kind, length) = version == 2
            ? (BinaryPrimitives.ReadUInt16BigEndian(span[2..]), BinaryPrimitives.ReadUInt32BigEndian(span[12..]))
            : (span[0], BinaryPrimitives.ReadUInt16BigEndian(span[2..]));
        if (kind is not (OpusKind or JsonKind) || length > frame.Length - header) { return false; }
        (payload, isText) = (frame.Slice(header, (int)length), kind == JsonKind);
        return true;
    }

    /// <summary>Writes the frame of an Opus packet.</summary>
    /// <param name="version">1, 2 or 3.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="at">When it is played, counted from where the reply began.</param>
    /// <param name="frame">Room for <see cref="MaxHeader"/> more bytes than the packet has.</param>
    /// <returns>The length of the frame.</returns>
    public static int Write(int version, ReadOnlySpan<byte> packet, TimeSpan at, Span<byte> frame)
    {
        var header = HeaderSize(version);
        frame[..header].Clear();
        if (version == 2)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame, 2);
            BinaryPrimitives.WriteUInt32BigEndian(frame[8..], (uint)at.TotalMilliseconds);
            BinaryPrimitives.WriteUInt32BigEndian(frame[12..], (uint)packet.Length);
        }
        else if (version == 3)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)packet.Length);
        }
        packet.CopyTo(frame[header..]);
        return header + packet.Length;
    }

    private static int HeaderSize(int version) => version switch { 2 => 16, 3 => 4, _ => 0 };
}
