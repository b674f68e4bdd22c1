namespace Parley.Lexicon;

/// <summary>Knows what classes a word can have, and from which base form it comes.</summary>
/// <remarks>Thread-safe.</remarks>
public interface IWordClasses
{
    /// <summary>All readings of a form: its own and those of forms it may be inflected from, by rule or by exception.</summary>
    /// <param name="word">One word, in any case of letters.</param>
    /// <returns>The readings in no particular order; none for a word that is unknown. A form that is made by rule from an irregular word,
    /// such as <c>goed</c>, has a reading too: whoever asks knows from it what was meant.</returns>
    IReadOnlyList<WordReading> Read(string word);
}
