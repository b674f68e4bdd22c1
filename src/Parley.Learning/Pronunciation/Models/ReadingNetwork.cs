namespace Parley.Learning.Pronunciation.Models;

/// <summary>Small networks that guess the scores of phones, words and the whole together, from what each of them is like.</summary>
/// <param name="shape">Their layers.</param>
/// <param name="phones">Standardises the features of phones.</param>
/// <param name="words">Those of words.</param>
/// <param name="whole">Those of the whole.</param>
/// <param name="scale">Mean and deviation of each score: of a phone's, a word's, and those of the whole.</param>
/// <param name="members">The numbers of each network.</param>
/// <remarks>
/// After GOPT (Y. Gong and others, 2022), that scores of one level help those of the others, but without attention between phones: a mean over each word and one over the whole did as well here. Each begins at
/// other random numbers and what is told is their mean. Immutable.
/// </remarks>
internal sealed class ReadingNetwork(NetworkShape shape, Standardiser phones, Standardiser words, Standardiser whole, Standardiser scale, IReadOnlyList<float[]> members)
{
    // What is far off says the most of a bad reading.
    private const float Widest = 4;

    public NetworkShape Shape => shape;

    public Standardiser Phones => phones;

    public Standardiser Words => words;

    public Standardiser Whole => whole;

    public Standardiser Scale => scale;

    public IReadOnlyList<float[]> Members => members;

    /// <summary>The same with other members.</summary>
    public ReadingNetwork With(IReadOnlyList<float[]> others) => new(shape, phones, words, whole, scale, others);

    /// <summary>Guesses the scores of a reading.</summary>
    public NetworkScores Score(NetworkReading reading)
    {
        var pass = new NetworkPass(shape, Standardise(reading));
        var (phone, word, all) = (new float[reading.Phones.Length], new float[reading.Words.Length], new float[PronunciationModel.Levels]);
        foreach (var numbers in members)
        {
            pass.Forward(numbers);
            for (var i = 0; i < phone.Length; i++) { phone[i] += pass.Phones[i] / members.Count; }
            for (var w = 0; w < word.Length; w++) { word[w] += pass.Words[w][0] / members.Count; }
            for (var l = 0; l < all.Length; l++) { all[l] += pass.Whole[l] / members.Count; }
        }
        return new([.. phone.Select(p => (float?)Scaled(p, 0))], [.. word.Select(w => Scaled(w, 1))], [.. all.Select((value, level) => Scaled(value, 2 + level))]);
    }

    /// <summary>A reading as the layers see it.</summary>
    public NetworkReading Standardise(NetworkReading reading) =>
        reading with { Phones = [.. reading.Phones.Select(row => phones.Apply(row, Widest))], Words = [.. reading.Words.Select(row => words.Apply(row, Widest))], Whole = whole.Apply(reading.Whole, Widest) };

    private float Scaled(float value, int score) => scale.Means[score] + (scale.Scales[score] * value);
}
