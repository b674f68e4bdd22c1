namespace Parley.Tts;

/// <summary>What sounds when in a stretch of speech, from which engines cut their chunks.</summary>
/// <param name="Phones">In order, without gap, from the first sample of the stretch to its last.</param>
/// <param name="Words">In the order of the text.</param>
/// <remarks>Sample positions count from the start of the stretch; <see cref="Cut"/> moves them to where the stretch stands in its request.</remarks>
public sealed record SpeechTimings(IReadOnlyList<PhoneSpan> Phones, IReadOnlyList<WordSpan> Words)
{
    private readonly IReadOnlyList<VisemeSpan> _visemes = PhoneVisemes.Track(Phones);

    /// <summary>Makes the chunk that begins at sample <paramref name="start"/> of the stretch.</summary>
    /// <param name="samples">The chunk's audio; not written to afterwards.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <param name="start">First sample of the chunk, counted in the stretch.</param>
    /// <param name="origin">Where the stretch itself begins, counted in the request; negative when its first samples are left out.</param>
    public SpeechChunk Cut(ReadOnlyMemory<short> samples, int sampleRate, long start, long origin)
    {
        var end = start + samples.Length;
        return new SpeechChunk(
            samples,
            sampleRate,
            [.. Phones.Where(p => Begins(p.StartSample)).Select(p => p with { StartSample = p.StartSample + origin })],
            [.. _visemes.Where(v => Begins(v.StartSample)).Select(v => v with { StartSample = v.StartSample + origin })],
            [.. Words.Where(w => Begins(w.StartSample)).Select(w => w with { StartSample = w.StartSample + origin })]);

        bool Begins(long sample) => sample >= start && sample < end;
    }
}
