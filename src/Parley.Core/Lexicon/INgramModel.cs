namespace Parley.Lexicon;

/// <summary>How likely a word is after the two before it.</summary>
/// <remarks>Thread-safe. Words are numbers here, so that a sentence is looked up once and scored often.</remarks>
public interface INgramModel
{
    /// <summary>What stands before the first word of a sentence.</summary>
    int SentenceBegin { get; }

    /// <summary>What stands after the last.</summary>
    int SentenceEnd { get; }

    /// <summary>All words that it has, in lower case, the two marks among them.</summary>
    IEnumerable<string> Words { get; }

    /// <summary>The number of a word in lower case; negative for one that the model lacks.</summary>
    int Find(string word);

    /// <summary>The natural logarithm of the probability of a word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="previous">The word before it; negative where that is unknown.</param>
    /// <param name="beforePrevious">The word before that; negative where it is unknown or there is none.</param>
    /// <returns>For a <paramref name="word"/> that is unknown, a low constant.</returns>
    double Score(int word, int previous, int beforePrevious);
}
