namespace Parley.Bench.Load.Http;

/// <summary>Takes the chunked transfer coding off a body, wherever the network cut it. Trailers are not expected.</summary>
internal sealed class ChunkedBody
{
    private enum At { Size, Extension, Data, AfterData, End }

    private At _at;
    private long _size;
    private bool _isLast;

    public void Reset() => (_at, _size, _isLast) = (At.Size, 0, false);

    /// <summary>Hands the chunks' data on.</summary>
    /// <returns>Whether the last chunk has ended.</returns>
    /// <exception cref="InvalidDataException">The coding is wrong, or more came after its end.</exception>
    public bool Read(ReadOnlySpan<byte> bytes, ContentCounter content)
    {
        while (!bytes.IsEmpty)
        {
            if (_at == At.Data)
            {
                var length = (int)Math.Min(_size, bytes.Length);
                content.Read(bytes[..length]);
                _size -= length;
                bytes = bytes[length..];
                if (_size == 0) { _at = At.AfterData; }
                continue;
            }
            Step(bytes[0]);
            bytes = bytes[1..];
        }
        return _at == At.End;
    }

    private void Step(byte next)
    {
        switch (_at)
        {
            case At.Size when Digit(next) is >= 0 and var digit:
                _size = _size * 16 + digit;
                return;
            case At.Size or At.Extension when next == '\n':
                _isLast = _size == 0;
                _at = _isLast ? At.AfterData : At.Data;
                return;
            case At.Size or At.Extension:
                _at = At.Extension;
                return;
            case At.AfterData when next == '\r':
                return;
            case At.AfterData when next == '\n':
                _at = _isLast ? At.End : At.Size;
                return;
            default:
                throw new InvalidDataException("The chunks of a body are not in order.");
        }
    }

    private static int Digit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };
}
