using Parley.Transports.Protocol;

namespace Parley.Transports.EchoKit;

/// <summary>Which vowel is heard when, from the mouth shapes that the synthesiser gave: exact where it knows them, and no guess from the sound.</summary>
/// <remarks>Used by the session's send loop alone. It holds what was announced and not asked for yet.</remarks>
internal sealed class VowelTrack
{
    private readonly Queue<VisemeItem> _shapes = new();

    /// <summary>Takes the shapes of audio that is yet to come, in order.</summary>
    public void Add(IEnumerable<VisemeItem> shapes)
    {
        foreach (var shape in shapes) { _shapes.Enqueue(shape); }
    }

    /// <summary>The vowel that is heard longest in a stretch of audio; none where none is heard for a quarter of it. Stretches are asked for in order.</summary>
    public Vowel In(long start, int samples)
    {
        Span<long> heard = stackalloc long[(int)Vowel.U + 1];
        while (_shapes.TryPeek(out var first) && first.StartSample + first.DurationSamples <= start) { _shapes.Dequeue(); }
        foreach (var shape in _shapes)
        {
            if (shape.StartSample >= start + samples) { break; }
            heard[(int)Vowels.Of(shape.Viseme)] +=
                Math.Min(shape.StartSample + shape.DurationSamples, start + samples) - Math.Max(shape.StartSample, start);
        }
        var longest = Vowel.None;
        for (var vowel = Vowel.A; vowel <= Vowel.U; vowel++)
        {
            if (4 * heard[(int)vowel] >= samples && (longest == Vowel.None || heard[(int)vowel] > heard[(int)longest])) { longest = vowel; }
        }
        return longest;
    }

    /// <summary>Another reply begins, whose samples are counted anew.</summary>
    public void Clear() => _shapes.Clear();
}
