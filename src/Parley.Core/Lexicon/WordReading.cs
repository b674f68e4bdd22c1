namespace Parley.Lexicon;

/// <summary>What a written form may be.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Base">The form that a dictionary lists, in lower case.</param>
/// <param name="Count">How often the base form was met in this class in a tagged text; only the relation to other counts has a meaning.</param>
public readonly record struct WordReading(WordClass Class, string Base, int Count);
