namespace Parley.Bench.Load.Http;

/// <summary>
/// Counts the content pieces of a chat completion, streamed or whole: each <c>"content":"…"</c> that is not empty. It reads no JSON, which would cost
/// more than what is measured, so it is right only for what the simulated models say.
/// </summary>
internal sealed class ContentCounter
{
    private static ReadOnlySpan<byte> Key => "\"content\":"u8;

    private int _matched;
    private bool _inNumber;

    public int Tokens { get; private set; }

    /// <summary>The number that the first piece begins with.</summary>
    public long? FirstNumber { get; private set; }

    public void Reset() => (_matched, _inNumber, Tokens, FirstNumber) = (0, false, 0, null);

    public void Read(ReadOnlySpan<byte> bytes)
    {
        foreach (var next in bytes)
        {
            if (_inNumber) { ReadNumber(next); }
            if (_matched < Key.Length) { _matched = next == Key[_matched] ? _matched + 1 : Restart(next); }
            else if (_matched == Key.Length) { ReadQuote(next); }
            else { ReadFirst(next); }
        }
    }

    private static int Restart(byte next) => next == (byte)'"' ? 1 : 0;

    private void ReadQuote(byte next)
    {
        if (next == (byte)'"') { _matched++; }
        else if (next != (byte)' ') { _matched = 0; }
    }

    private void ReadFirst(byte next)
    {
        // The quote of an empty piece may begin the next key.
        _matched = Restart(next);
        if (next == (byte)'"') { return; }
        if (++Tokens == 1)
        {
            _inNumber = true;
            ReadNumber(next);
        }
    }

    private void ReadNumber(byte next)
    {
        if (next is >= (byte)'0' and <= (byte)'9') { FirstNumber = (FirstNumber ?? 0) * 10 + (next - '0'); }
        else { _inNumber = false; }
    }
}
