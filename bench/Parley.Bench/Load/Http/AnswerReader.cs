using System.Buffers.Text;

namespace Parley.Bench.Load.Http;

/// <summary>
/// Reads an HTTP/1.1 answer as it arrives, with as little work as possible: status, where the body ends, and the content pieces of a chat
/// completion in it. It allocates nothing after its making. Not thread-safe; one for each connection.
/// </summary>
internal sealed class AnswerReader
{
    private const int MaxHead = 16 * 1024;

    private readonly byte[] _head = new byte[MaxHead];
    private readonly ContentCounter _content = new();
    private readonly ChunkedBody _chunks = new();
    private int _headLength;
    private bool _inBody;
    private bool _isChunked;
    private long _left;

    /// <summary>0 before the head has come.</summary>
    public int Status { get; private set; }

    /// <summary>The server ends the connection after this answer.</summary>
    public bool Closes { get; private set; }

    /// <summary>Content pieces so far that are not empty.</summary>
    public int Tokens => _content.Tokens;

    /// <summary>The microseconds that the first piece says its model held it back; null where it begins with no number.</summary>
    public long? HeldMicroseconds => _content.FirstNumber;

    /// <summary>Before the next answer.</summary>
    public void Reset()
    {
        (_headLength, _inBody, _isChunked, _left, Status, Closes) = (0, false, false, 0, 0, false);
        _content.Reset();
        _chunks.Reset();
    }

    /// <summary>Takes what has arrived.</summary>
    /// <returns>Whether the answer is complete.</returns>
    /// <exception cref="InvalidDataException">That is no HTTP/1.1 answer, or more came than belongs to it.</exception>
    public bool Read(ReadOnlySpan<byte> bytes)
    {
        if (!_inBody)
        {
            var kept = Math.Min(bytes.Length, MaxHead - _headLength);
            bytes[..kept].CopyTo(_head.AsSpan(_headLength));
            var end = _head.AsSpan(0, _headLength + kept).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                _headLength += kept;
                return _headLength == MaxHead ? throw new InvalidDataException("The head of an answer is too long.") : false;
            }
            ReadHead(_head.AsSpan(0, end + 2));
            bytes = bytes[(end + 4 - _headLength)..];
            _inBody = true;
        }
        return _isChunked ? _chunks.Read(bytes, _content) : ReadCounted(bytes);
    }

    private bool ReadCounted(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _left) { throw new InvalidDataException("A body is longer than its head said."); }
        _content.Read(bytes);
        _left -= bytes.Length;
        return _left == 0;
    }

    private void ReadHead(ReadOnlySpan<byte> head)
    {
        if (head.Length < 13 || !head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head.Slice(9, 3), out int status, out _))
        {
            throw new InvalidDataException("That is no HTTP/1.1 answer.");
        }
        Status = status;
        var isCounted = false;
        for (head = head[(head.IndexOf((byte)'\n') + 1)..]; !head.IsEmpty; head = head[(head.IndexOf((byte)'\n') + 1)..])
        {
            if (Is(head, "content-length:"u8)) { isCounted = Utf8Parser.TryParse(Value(head), out _left, out _); }
            else if (Is(head, "transfer-encoding:"u8)) { _isChunked = Is(Value(head), "chunked"u8); }
            else if (Is(head, "connection:"u8)) { Closes = Is(Value(head), "close"u8); }
        }
        if (!_isChunked && !isCounted) { throw new InvalidDataException("An answer does not say where it ends."); }
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line) => line[(line.IndexOf((byte)':') + 1)..].TrimStart((byte)' ');

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> lowerCase) =>
        line.Length >= lowerCase.Length && System.Text.Ascii.EqualsIgnoreCase(line[..lowerCase.Length], lowerCase);
}
