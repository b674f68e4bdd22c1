using Parley.Tts;

namespace Parley.SherpaOnnx.Tts;

/// <summary>Deals the words of a text out to the pieces of audio that the engine makes of it.</summary>
/// <param name="text">The request's whole text.</param>
/// <param name="words">The words of it that are spoken here.</param>
internal sealed class SpokenPart(string text, IReadOnlyList<TextWord> words)
{
    private const string SentenceEnds = ".!?。！？\n", ClauseEnds = SentenceEnds + ",;:，；：、";

    private double[]? _shares;
    private int _next;

    /// <summary>Makes a chunk of the next audio.</summary>
    /// <param name="samples">The audio, not empty.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="progress">How many of all pieces there are when it ends, as a share up to 1.</param>
    /// <param name="origin">Where it begins in its request.</param>
    public SpeechChunk Cut(short[] samples, int sampleRate, double progress, long origin)
    {
        _shares ??= Shares((int)Math.Round(1 / Math.Max(progress, 0.001)));
        var first = _next;
        while (_next < words.Count && (progress >= 0.999 || _shares[_next] <= progress + 0.001)) { _next++; }
        return SpeechEstimate.Of([.. words.Skip(first).Take(_next - first)], samples, sampleRate, origin);
    }

    /// <summary>For each word the share of the whole at which it has been spoken.</summary>
    /// <remarks>The engine cuts at ends of sentences, or of clauses; where neither gives as many pieces as it makes, length decides.</remarks>
    private double[] Shares(int pieces)
    {
        foreach (var ends in new[] { SentenceEnds, ClauseEnds })
        {
            int[] groups = [.. Groups(ends)];
            if (groups.Length > 0 && groups[^1] + 1 == pieces) { return [.. groups.Select(g => (g + 1) / (double)pieces)]; }
        }
        double[] weights = [.. words.Select(w => (double)SpellingPhones.Of(w.Word).Sum(PhoneDurations.Of))];
        double total = weights.Sum(), passed = 0;
        return [.. weights.Select(w => ((passed += w) - w / 2) / total)];
    }

    private IEnumerable<int> Groups(string ends)
    {
        var group = 0;
        for (var i = 0; i < words.Count; i++)
        {
            if (i > 0 && text.AsSpan()[(words[i - 1].Offset + words[i - 1].Word.Length)..words[i].Offset].ContainsAny(ends)) { group++; }
            yield return group;
        }
    }
}
