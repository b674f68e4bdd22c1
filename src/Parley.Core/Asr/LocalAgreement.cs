namespace Parley.Asr;

/// <summary>
/// Makes one growing transcript of hypotheses about overlapping windows of an utterance: what two hypotheses in a row agree on becomes stable and
/// never changes again.
/// </summary>
/// <remarks>
/// Source: LocalAgreement-2 in D. Macháček, R. Dabre and O. Bojar, "Turning Whisper into Real-Time Transcription System", IJCNLP-AACL 2023.
/// Where a window begins inside the stable text, the words that it repeats are found by aligning both, so that word times are welcome but not
/// needed. Not thread-safe: one per utterance.
/// </remarks>
public sealed class LocalAgreement
{
    private const double Match = 1, Differ = -0.5;

    /// <summary>A window hardly repeats more words than this.</summary>
    private const int LongestOverlap = 96;

    private readonly List<HeardWord> _stable = [];
    private IReadOnlyList<HeardWord> _open = [];
    private int _windowFrom;

    /// <summary>What two hypotheses agreed on.</summary>
    public IReadOnlyList<HeardWord> Stable => _stable;

    /// <summary>The stable words and those that the latest hypothesis has after them.</summary>
    public IEnumerable<HeardWord> Words => _stable.Concat(_open);

    /// <summary>Takes a hypothesis about the present window.</summary>
    /// <returns>The whole text so far and how much of it is stable.</returns>
    public PartialTranscript Push(IReadOnlyList<HeardWord> hypothesis)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        var fresh = Fresh(hypothesis);
        var agreed = 0;
        while (agreed < Math.Min(fresh.Count, _open.Count) && fresh[agreed].Key == _open[agreed].Key) { agreed++; }
        _stable.AddRange(fresh.Take(agreed));
        _open = [.. fresh.Skip(agreed)];
        return Read();
    }

    /// <summary>All words if this hypothesis is the last one, which nothing needs to confirm. Nothing becomes stable by it: the speaker may yet go on.</summary>
    public IReadOnlyList<HeardWord> EndingWith(IReadOnlyList<HeardWord> hypothesis)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        return [.. _stable, .. Fresh(hypothesis)];
    }

    /// <summary>Later windows begin after this many stable words, as far as is known.</summary>
    public void MoveWindow(int stableWords) => _windowFrom = Math.Clamp(stableWords, _windowFrom, _stable.Count);

    private PartialTranscript Read() => new(HeardWord.Join(Words), HeardWord.Join(_stable).Length);

    /// <summary>What of the hypothesis comes after the stable text.</summary>
    private List<HeardWord> Fresh(IReadOnlyList<HeardWord> hypothesis)
    {
        var fresh = hypothesis.Skip(Repeated(hypothesis)).ToList();
        // At a seam in the middle of a text the first word stands apart from the one before.
        if (fresh.Count > 0 && _stable.Count > 0 && fresh.Count == hypothesis.Count && !fresh[0].SpaceBefore && char.IsAscii(fresh[0].Text[0]))
        {
            fresh[0] = fresh[0] with { SpaceBefore = true };
        }
        return fresh;
    }

    /// <summary>How many words at the begin of the hypothesis repeat the end of the stable text.</summary>
    private int Repeated(IReadOnlyList<HeardWord> hypothesis)
    {
        var expected = Math.Min(_stable.Count - _windowFrom, hypothesis.Count);
        if (_stable.Count == 0 || hypothesis.Count == 0) { return 0; }
        var known = _stable.Skip(Math.Max(0, _stable.Count - LongestOverlap)).Select(w => w.Key).ToArray();
        var heard = hypothesis.Take(known.Length + known.Length / 2 + 4).Select(w => w.Key).ToArray();

        // Global in the hypothesis' begin and the stable text's end; where the overlap begins in the stable text is free.
        var row = new double[heard.Length + 1];
        for (var j = 0; j <= heard.Length; j++) { row[j] = j * Differ; }
        foreach (var word in known)
        {
            var diagonal = row[0];
            row[0] = 0;
            for (var j = 1; j <= heard.Length; j++)
            {
                var aligned = diagonal + (heard[j - 1] == word ? Match : Differ);
                diagonal = row[j];
                row[j] = Math.Max(aligned, Math.Max(row[j] + Differ, row[j - 1] + Differ));
            }
        }
        var best = Enumerable.Range(0, heard.Length + 1).OrderByDescending(j => row[j]).ThenBy(j => Math.Abs(j - expected)).ThenByDescending(j => j).First();
        // Nothing in common: the words have been heard quite otherwise, but they are where the stable ones are.
        return row[best] > 0 ? best : expected;
    }
}
