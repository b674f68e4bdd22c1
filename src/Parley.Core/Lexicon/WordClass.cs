namespace Parley.Lexicon;

/// <summary>An open class of words: those that new words join.</summary>
public enum WordClass
{
    Noun,
    Verb,
    Adjective,
    Adverb,
}
