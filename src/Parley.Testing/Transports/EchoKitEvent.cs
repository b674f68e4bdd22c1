using System.Buffers.Binary;
using System.Text;

namespace Parley.Testing.Transports;

/// <summary>An event as a device with the EchoKit firmware reads it.</summary>
/// <param name="Name">Its variant, such as <c>StartAudio</c>.</param>
/// <param name="Fields">Strings, numbers as <see cref="long"/>, byte arrays, and lists of these.</param>
public sealed record EchoKitEvent(string Name, IReadOnlyList<object> Fields)
{
    /// <summary>Its only text.</summary>
    public string Text => (string)Fields[0];

    /// <summary>Its bytes, as an array of numbers or packed.</summary>
    public byte[] Data => Fields[0] as byte[] ?? [.. ((IReadOnlyList<object>)Fields[0]).Select(n => checked((byte)(long)n))];

    /// <summary>Reads a message.</summary>
    /// <exception cref="FormatException">It is no event, or something follows it.</exception>
    public static EchoKitEvent Read(ReadOnlyMemory<byte> message)
    {
        var reader = new Reader(message);
        var value = reader.Next();
        if (!reader.IsAtEnd) { throw new FormatException("Something follows the event."); }
        return value switch
        {
            string name => new EchoKitEvent(name, []),
            KeyValuePair<string, object> { Value: IReadOnlyList<object> fields } entry => new EchoKitEvent(entry.Key, fields),
            _ => throw new FormatException("This is no event."),
        };
    }

    public override string ToString() => Fields.Count > 0 && Fields[0] is string text ? $"{Name}({text})" : Name;

    /// <summary>As much of MessagePack as events may be made of.</summary>
    private sealed class Reader(ReadOnlyMemory<byte> message)
    {
        private int _at;

        public bool IsAtEnd => _at == message.Length;

        public object Next()
        {
            var mark = Take(1)[0];
            return mark switch
            {
                < 0x80 => (long)mark,
                0x81 => new KeyValuePair<string, object>((string)Next(), Next()),
                >= 0x90 and < 0xA0 => List(mark & 0x0F),
                >= 0xA0 and < 0xC0 => Text(mark & 0x1F),
                0xC4 => Take(Length(1)).ToArray(),
                0xC5 => Take(Length(2)).ToArray(),
                0xC6 => Take(Length(4)).ToArray(),
                0xCC => (long)Take(1)[0],
                0xD9 => Text(Length(1)),
                0xDA => Text(Length(2)),
                0xDB => Text(Length(4)),
                0xDC => List(Length(2)),
                0xDD => List(Length(4)),
                _ => throw new FormatException($"No event has the mark {mark:x2}."),
            };
        }

        private List<object> List(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

        private string Text(int length) => Encoding.UTF8.GetString(Take(length));

        private int Length(int bytes) => bytes switch
        {
            1 => Take(1)[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            _ => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        };

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > message.Length - _at) { throw new FormatException("The message is cut short."); }
            _at += count;
            return message.Span.Slice(_at - count, count);
        }
    }
}
