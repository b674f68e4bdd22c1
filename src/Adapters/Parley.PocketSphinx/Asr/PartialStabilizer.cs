using Parley.Asr;

namespace Parley.PocketSphinx.Asr;

/// <summary>Makes partial transcripts whose stable part is kept, whatever the decoder thinks later. Not thread-safe.</summary>
/// <remarks>
/// A word is stable once it stood at its place in <see cref="Agreement"/> looks in a row and ended <see cref="Settled"/> frames ago. Should a later
/// path differ there all the same, the promise wins: the stable words stay and the path gives only what lies behind them.
/// The final transcript is free to be better.
/// </remarks>
internal sealed class PartialStabilizer
{
    internal const int Agreement = 3;
    internal const int Settled = Cepstra.Rate / 2;

    private readonly List<string> _stable = [];
    private readonly List<(string Word, int Seen)> _open = [];
    private int _stableEnd = -1;
    private string _last = "";

    /// <summary>Takes the best path so far; gives a partial if its text or its stable part has changed.</summary>
    /// <param name="path">The words on the path, in order.</param>
    /// <param name="frames">Frames decoded so far.</param>
    public PartialTranscript? Update(IReadOnlyList<Segment> path, int frames)
    {
        var tail = path.Where(word => word.First > _stableEnd).ToList();
        for (var i = 0; i < tail.Count; i++)
        {
            var seen = i < _open.Count && _open[i].Word == tail[i].Word ? _open[i].Seen + 1 : 1;
            if (i < _open.Count) { _open[i] = (tail[i].Word, seen); } else { _open.Add((tail[i].Word, seen)); }
        }
        _open.RemoveRange(tail.Count, _open.Count - tail.Count);

        var settled = 0;
        while (settled < tail.Count && _open[settled].Seen >= Agreement && tail[settled].Last + Settled <= frames) { settled++; }
        if (settled > 0)
        {
            _stable.AddRange(_open.Take(settled).Select(word => word.Word));
            _stableEnd = tail[settled - 1].Last;
            _open.RemoveRange(0, settled);
        }

        var text = string.Join(' ', _stable.Concat(_open.Select(word => word.Word)));
        if (text.Length == 0 || (text == _last && settled == 0)) { return null; }
        _last = text;
        return new(text, string.Join(' ', _stable).Length);
    }
}
