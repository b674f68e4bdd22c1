using System.Buffers.Text;

namespace Parley.Bench.Load.Models;

/// <summary>What a simulated model looks at in a request.</summary>
/// <param name="Behaviour">Null where the path names none.</param>
/// <param name="IsStreamed">Whether the body asks for a stream.</param>
/// <param name="WithUsage">Whether it asks for the counts of tokens at the stream's end.</param>
internal readonly record struct ModelRequest(ModelBehaviour? Behaviour, bool IsStreamed, bool WithUsage)
{
    /// <summary>Reads the request at the start of <paramref name="bytes"/>.</summary>
    /// <returns>How long it is; 0 while it is not complete.</returns>
    /// <exception cref="InvalidDataException">That is no HTTP/1.1 request.</exception>
    public static int TryParse(ReadOnlySpan<byte> bytes, out ModelRequest request)
    {
        request = default;
        var headEnd = bytes.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0) { return 0; }
        var line = bytes[..bytes.IndexOf((byte)'\r')];
        var (pathStart, pathEnd) = (line.IndexOf((byte)' ') + 1, line.LastIndexOf((byte)' '));
        if (pathStart == 0 || pathEnd < pathStart || !line.EndsWith(" HTTP/1.1"u8)) { throw new InvalidDataException("That is no HTTP/1.1 request."); }
        var length = BodyLength(bytes[..(headEnd + 2)], bytes[(headEnd + 4)..]);
        if (length < 0 || bytes.Length < headEnd + 4 + length) { return 0; }
        var body = bytes.Slice(headEnd + 4, length);
        request = new(ModelBehaviour.Parse(line[pathStart..pathEnd]), IsTrue(body, "\"stream\""u8), IsTrue(body, "\"include_usage\""u8));
        return headEnd + 4 + length;
    }

    /// <summary>Of the body with its transfer coding, -1 while that cannot be told: a chunked one ends with its last chunk, which JSON never looks like.</summary>
    private static int BodyLength(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        for (; !head.IsEmpty; head = head[(head.IndexOf((byte)'\n') + 1)..])
        {
            if (Is(head, "content-length:"u8)) { return Utf8Parser.TryParse(head[15..].TrimStart((byte)' '), out int length, out _) ? length : 0; }
            if (!Is(head, "transfer-encoding:"u8)) { continue; }
            var last = body.StartsWith("0\r\n\r\n"u8) ? 0 : body.IndexOf("\r\n0\r\n\r\n"u8);
            return last < 0 ? -1 : last == 0 ? 5 : last + 7;
        }
        return 0;
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> lowerCase) =>
        line.Length >= lowerCase.Length && System.Text.Ascii.EqualsIgnoreCase(line[..lowerCase.Length], lowerCase);

    private static bool IsTrue(ReadOnlySpan<byte> body, ReadOnlySpan<byte> key)
    {
        var at = body.IndexOf(key);
        return at >= 0 && body[(at + key.Length)..].TrimStart(" :"u8).StartsWith("true"u8);
    }
}
