using Parley.Learning.Pronunciation.Features;
using Parley.Learning.Pronunciation.Models;

namespace Parley.Learning.Pronunciation;

/// <summary>What experts would say of a reading, guessed by models that were fitted to what they said of others.</summary>
/// <remarks>Immutable, so thread-safe.</remarks>
public sealed class PronunciationModel
{
    /// <summary>Scores of a whole utterance.</summary>
    internal const int Levels = 4;

    // The network is the better one, and both together better still.
    private const float ShareOfNetwork = 2 / 3f;

    private static readonly Lazy<PronunciationModel> s_embedded = new(() =>
    {
        using var stream = typeof(PronunciationModel).Assembly.GetManifestResourceStream("pronunciation.coefficients")
            ?? throw new InvalidOperationException("The coefficients are not in the assembly.");
        return Read(stream);
    });

    internal PronunciationModel(PhoneNorms norms, CommonWords common, IRegression phone, IRegression word, IRegression said, IRegression text, IReadOnlyList<IRegression> utterance, ReadingNetwork network) =>
        (Norms, Common, Phone, Word, Said, Text, Utterance, Network) = (norms, common, phone, word, said, text, utterance, network);

    /// <summary>The coefficients that come with Parley.</summary>
    public static PronunciationModel Embedded => s_embedded.Value;

    /// <summary>What well-spoken phones are like.</summary>
    internal PhoneNorms Norms { get; }

    /// <summary>Which words learners meet often.</summary>
    internal CommonWords Common { get; }

    /// <summary>A phone's score, 0 to 2.</summary>
    internal IRegression Phone { get; }

    /// <summary>A word's accuracy, 0 to 10.</summary>
    internal IRegression Word { get; }

    /// <summary>Whether a word was said at all, 0 to 1.</summary>
    internal IRegression Said { get; }

    /// <summary>How much of the text was said, 0 to 1, as the recording sounds as a whole.</summary>
    internal IRegression Text { get; }

    /// <summary>Total, accuracy, fluency and prosody of the whole, 0 to 10.</summary>
    internal IReadOnlyList<IRegression> Utterance { get; }

    /// <summary>The scores of phones, words and the whole, guessed together.</summary>
    internal ReadingNetwork Network { get; }

    /// <summary>The phone score, 0 to 2, below which another phone may have been said.</summary>
    internal float DoubtfulPhone { get; init; }

    /// <summary>The word accuracy, 0 to 10, below which a word counts as mispronounced.</summary>
    internal float MispronouncedWord { get; init; }

    /// <summary>Reads coefficients that <see cref="Write"/> has written.</summary>
    /// <exception cref="InvalidDataException">They are damaged, or of another version.</exception>
    public static PronunciationModel Read(Stream stream) => CoefficientFile.Read(stream);

    /// <summary>Writes the coefficients.</summary>
    public void Write(Stream stream) => CoefficientFile.Write(stream, this);

    /// <summary>Guesses all scores of a reading.</summary>
    internal Guess Score(Reading reading)
    {
        var ofPhones = PhoneFeatures.Of(reading, Norms);
        float[] phones = [.. ofPhones.Select(row => Math.Clamp(Phone.Predict(row), 0, 2))];
        var ofWords = WordFeatures.Of(reading, Norms, phones, Common, isCounted: false);
        float[] words = [.. ofWords.Select(row => Math.Clamp(Word.Predict(row), 0, 10))];
        float[] said = [.. WordFeatures.Of(reading, Norms, phones).Select(row => Math.Clamp(Said.Predict(row), 0, 1))];
        var whole = UtteranceFeatures.Of(reading, Norms, phones, words);
        var together = Network.Score(NetworkFeatures.Of(reading, ofPhones, ofWords, whole));
        return new(
            Join(phones, together.Phones.Select(p => p!.Value), 2), Join(words, together.Words, 10), said,
            Text.Predict(TextFeatures.Of(reading, Norms)), Join(Utterance.Select(level => level.Predict(whole)), together.Whole, 10));
    }

    /// <summary>What is told, from what was guessed one level after the other and what was guessed together.</summary>
    /// <param name="apart">The former.</param>
    /// <param name="together">The latter.</param>
    /// <param name="best">The best score.</param>
    internal static float[] Join(IEnumerable<float> apart, IEnumerable<float> together, float best) =>
        [.. apart.Zip(together, (a, b) => Math.Clamp(a + (ShareOfNetwork * (b - a)), 0, best))];
}
