using System.Buffers;
using System.Text.Json;
using Parley.Replies.Wire;

namespace Parley.Resilience.Chains;

/// <summary>
/// The text of relayed chunks as it stands in their JSON. It is decoded only when another model has to go on with it; until then it costs a small copy
/// a token, beside the relay, into memory that is lent.
/// </summary>
/// <remarks>Not thread-safe. Disposing it gives the memory back.</remarks>
internal sealed class RelayedText : IDisposable
{
    /// <summary>Longer answers are not kept: no model would go on with them in time.</summary>
    private const int MostBytes = 128 * 1024, FirstBytes = 1024;

    private byte[]? _json;
    private int _length;

    /// <summary>Keeps a chunk's text.</summary>
    /// <returns>False: it tells something else than text, or too much was told.</returns>
    public bool TryAdd(WireChunk chunk)
    {
        var text = chunk.EscapedText;
        // Two bytes are left for the quotes.
        if (text.IsEmpty || _length + text.Length > MostBytes - 2) { return false; }
        if (_json is null || _json.Length < _length + text.Length + 2) { Grow(_length + text.Length + 2); }
        text.CopyTo(_json.AsSpan(1 + _length));
        _length += text.Length;
        return true;
    }

    public bool IsEmpty => _length == 0;

    /// <summary>Takes out all text so far; null: it cannot be decoded.</summary>
    public string? Take()
    {
        if (_json is null) { return ""; }
        var end = _length + 1;
        (_json[0], _json[end], _length) = ((byte)'"', (byte)'"', 0);
        try
        {
            // As one string, so that a character whose halves came in two chunks is whole again.
            var reader = new Utf8JsonReader(_json.AsSpan(0, end + 1));
            reader.Read();
            return reader.GetString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (_json is null) { return; }
        // What was said is nobody's business who is lent the memory next.
        ArrayPool<byte>.Shared.Return(_json, clearArray: true);
        _json = null;
    }

    private void Grow(int least)
    {
        var longer = ArrayPool<byte>.Shared.Rent(Math.Max(least, Math.Max(FirstBytes, 2 * _length)));
        _json?.AsSpan(0, _length + 1).CopyTo(longer);
        Dispose();
        _json = longer;
    }
}
