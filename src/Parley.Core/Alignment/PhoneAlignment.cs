namespace Parley.Alignment;

/// <summary>A recording laid along its text, frame by frame.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PhoneAlignment
{
    /// <summary>Frames a second.</summary>
    public const int FrameRate = 100;

    /// <summary>Values a frame: the phones in the order of <see cref="Phones.Names"/>, then silence.</summary>
    public const int Classes = Phones.Count + 1;

    private readonly float[] _logPosteriors;

    /// <param name="words">The words, in order.</param>
    /// <param name="logPosteriors">For each frame the natural logarithms of the posteriors of all <see cref="Classes"/>; kept, not copied.</param>
    public PhoneAlignment(IReadOnlyList<AlignedWord> words, float[] logPosteriors)
    {
        if (logPosteriors.Length % Classes != 0) { throw new ArgumentException($"A frame has {Classes} values.", nameof(logPosteriors)); }
        (Words, _logPosteriors) = (words, logPosteriors);
    }

    /// <summary>The words of the text; one that cannot be spoken has no phones.</summary>
    public IReadOnlyList<AlignedWord> Words { get; }

    /// <summary>Frames of the recording.</summary>
    public int Frames => _logPosteriors.Length / Classes;

    /// <summary>The log posteriors of one frame.</summary>
    public ReadOnlySpan<float> LogPosteriors(int frame) => _logPosteriors.AsSpan(frame * Classes, Classes);

    /// <summary>What the sound says of a phone: the mean log posteriors over its frames.</summary>
    public PhoneEvidence Evidence(AlignedPhone phone)
    {
        var means = new float[Classes];
        for (var frame = phone.First; frame < phone.End; frame++)
        {
            var values = LogPosteriors(frame);
            for (var i = 0; i < Classes; i++) { means[i] += values[i] / phone.Frames; }
        }
        return new(phone.Phone, means);
    }
}
