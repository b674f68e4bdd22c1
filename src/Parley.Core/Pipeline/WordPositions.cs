namespace Parley.Pipeline;

/// <summary>Which part of a reply's text sounds where, so that a playback position can be told in words.</summary>
/// <remarks>Thread-safe: the reply adds as audio is queued, the session's loop asks.</remarks>
internal sealed class WordPositions
{
    private readonly Lock _lock = new();
    private readonly List<(long HeardAt, int TextEnd)> _words = [];

    /// <summary>The words up to character <paramref name="textEnd"/> count as heard from sample <paramref name="heardAt"/> on.</summary>
    public void Add(long heardAt, int textEnd) { lock (_lock) { _words.Add((heardAt, textEnd)); } }

    /// <summary>How many characters of the reply were heard at <paramref name="sample"/>.</summary>
    public int HeardAt(long sample)
    {
        lock (_lock)
        {
            var heard = 0;
            foreach (var (at, end) in _words)
            {
                if (at > sample) { break; }
                heard = Math.Max(heard, end);
            }
            return heard;
        }
    }
}
