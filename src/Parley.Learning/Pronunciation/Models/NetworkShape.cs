using Parley.Alignment;

namespace Parley.Learning.Pronunciation.Models;

/// <summary>Which layers a <see cref="ReadingNetwork"/> has, and where their numbers are.</summary>
/// <param name="PhoneFeatures">Features of a phone.</param>
/// <param name="WordFeatures">Features of a word.</param>
/// <param name="WholeFeatures">Features of the whole.</param>
/// <param name="Width">Values that are passed on from layer to layer.</param>
internal sealed record NetworkShape(int PhoneFeatures, int WordFeatures, int WholeFeatures, int Width)
{
    /// <summary>What is guessed of a word: its accuracy, whether it is perfect, and whether it is bad.</summary>
    public const int WordOutputs = 3;

    /// <summary>For each phone of the language values that are added where it is expected.</summary>
    public int Names => Phones.Count * Width;

    /// <summary>Sees a phone's features.</summary>
    public NetworkLayer Sound => new(Names, PhoneFeatures, Width);

    /// <summary>Is added to what the first layer saw.</summary>
    public NetworkLayer Deep => new(Sound.End, Width, Width);

    /// <summary>A phone's score.</summary>
    public NetworkLayer PhoneScore => new(Deep.End, Width, 1);

    /// <summary>Sees the mean of all phones, and the features of the whole.</summary>
    public NetworkLayer Whole => new(PhoneScore.End, Width + WholeFeatures, Width);

    /// <summary>The scores of the whole.</summary>
    public NetworkLayer WholeScores => new(Whole.End, Width, PronunciationModel.Levels);

    /// <summary>Sees the mean of a word's phones, what <see cref="Whole"/> sees in the whole, and the features of the word.</summary>
    public NetworkLayer Word => new(WholeScores.End, (2 * Width) + WordFeatures, Width);

    /// <summary>The scores of a word.</summary>
    public NetworkLayer WordScores => new(Word.End, Width, WordOutputs);

    /// <summary>All numbers of a network.</summary>
    public int Size => WordScores.End;

    /// <summary>All layers.</summary>
    public IEnumerable<NetworkLayer> Layers => [Sound, Deep, PhoneScore, Whole, WholeScores, Word, WordScores];
}
