namespace Parley.Spelling;

/// <summary>Knows how words are spelt.</summary>
/// <remarks>Thread-safe. Words longer than 64 characters, and texts of several words, are never known and have no suggestions.</remarks>
public interface ISpeller
{
    /// <summary>Whether a word is spelt so, in this case of letters or in lower case at the begin of a sentence.</summary>
    bool Knows(string word);

    /// <summary>What a word that is not known may have been meant for, the likeliest first; some are two words.</summary>
    IReadOnlyList<string> Suggest(string word);
}
