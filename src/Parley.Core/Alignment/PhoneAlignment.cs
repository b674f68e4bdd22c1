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
    private readonly float[] _likelihoods;

    /// <param name="words">The words, in order.</param>
    /// <param name="logPosteriors">For each frame the natural logarithms of the posteriors of all <see cref="Classes"/>; kept, not copied.</param>
    /// <param name="likelihoods">For each phone in order its <see cref="Likelihoods"/>; kept. Null: the sums of its log posteriors are taken for them.</param>
    public PhoneAlignment(IReadOnlyList<AlignedWord> words, float[] logPosteriors, float[]? likelihoods = null)
    {
        if (logPosteriors.Length % Classes != 0) { throw new ArgumentException($"A frame has {Classes} values.", nameof(logPosteriors)); }
        (Words, _logPosteriors) = (words, logPosteriors);
        _likelihoods = likelihoods ?? [.. words.SelectMany(word => word.Phones).SelectMany(SumsOf)];
        if (_likelihoods.Length != Phones.Count * words.Sum(word => word.Phones.Count)) { throw new ArgumentException($"A phone has {Phones.Count} values.", nameof(likelihoods)); }
    }

    /// <summary>The words of the text; one that cannot be spoken has no phones.</summary>
    public IReadOnlyList<AlignedWord> Words { get; }

    /// <summary>Frames of the recording.</summary>
    public int Frames => _logPosteriors.Length / Classes;

    /// <summary>The log posteriors of one frame.</summary>
    public ReadOnlySpan<float> LogPosteriors(int frame) => _logPosteriors.AsSpan(frame * Classes, Classes);

    /// <summary>The log likelihoods of the whole stretch of a phone under each phone in its place, between its neighbours; of one stretch they are known up to a constant.</summary>
    /// <param name="phone">Its place among the phones of all words.</param>
    public ReadOnlySpan<float> Likelihoods(int phone) => _likelihoods.AsSpan(phone * Phones.Count, Phones.Count);

    /// <summary>How the voice was brought near to those that the aligner knows.</summary>
    public VoiceMatch Voice { get; init; } = new(1, 0, 0);

    /// <summary>What was said between the words and is not in the text, as far as the aligner can tell; in order.</summary>
    public IReadOnlyList<InsertedSpeech> Insertions { get; init; } = [];

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

    private IEnumerable<float> SumsOf(AlignedPhone phone) => Evidence(phone).Means.Take(Phones.Count).Select(mean => mean * phone.Frames);
}
