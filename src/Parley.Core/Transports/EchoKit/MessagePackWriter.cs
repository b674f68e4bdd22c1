using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Parley.Transports.EchoKit;

/// <summary>The few shapes of MessagePack that events are made of, each in its shortest form, as the original server's encoder writes them.</summary>
/// <remarks>Not thread-safe. One message at a time: <see cref="Clear"/>, write, <see cref="Written"/>.</remarks>
internal sealed class MessagePackWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(8 * 1024);

    /// <summary>What was written; valid until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Clear() => _buffer.ResetWrittenCount();

    /// <summary>Begins a map of one entry: a key and a value follow.</summary>
    public void WriteSingleMap() => Put(0x81);

    /// <summary>Begins an array; so many items follow.</summary>
    public void WriteArray(int count)
    {
        if (count < 16) { Put((byte)(0x90 | count)); } else { PutLength(count, 0, 0xDC, 0xDD); }
    }

    public void Write(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        if (length < 32) { Put((byte)(0xA0 | length)); } else { PutLength(length, 0xD9, 0xDA, 0xDB); }
        _buffer.Advance(Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length)));
    }

    public void Write(byte number)
    {
        if (number >= 0x80) { Put(0xCC); }
        Put(number);
    }

    /// <summary>Writes bytes as an array of numbers, which is how the original writes them: those from 128 on take two bytes.</summary>
    public void WriteNumbers(ReadOnlySpan<byte> bytes)
    {
        WriteArray(bytes.Length);
        var target = _buffer.GetSpan(2 * bytes.Length);
        var at = 0;
        foreach (var number in bytes)
        {
            if (number >= 0x80) { target[at++] = 0xCC; }
            target[at++] = number;
        }
        _buffer.Advance(at);
    }

    /// <summary>Writes bytes as bytes.</summary>
    public void WriteBinary(ReadOnlySpan<byte> bytes)
    {
        PutLength(bytes.Length, 0xC4, 0xC5, 0xC6);
        _buffer.Write(bytes);
    }

    private void Put(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    /// <param name="length">How many follow.</param>
    /// <param name="small">The mark before a length of one byte; 0: there is none.</param>
    /// <param name="medium">The mark before one of two bytes.</param>
    /// <param name="large">The mark before one of four.</param>
    private void PutLength(int length, byte small, byte medium, byte large)
    {
        var target = _buffer.GetSpan(5);
        if (small != 0 && length <= byte.MaxValue)
        {
            (target[0], target[1]) = (small, (byte)length);
            _buffer.Advance(2);
        }
        else if (length <= ushort.MaxValue)
        {
            target[0] = medium;
            BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)length);
            _buffer.Advance(3);
        }
        else
        {
            target[0] = large;
            BinaryPrimitives.WriteUInt32BigEndian(target[1..], (uint)length);
            _buffer.Advance(5);
        }
    }
}
