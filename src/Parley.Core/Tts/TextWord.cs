namespace Parley.Tts;

/// <summary>A word of a text that is spoken.</summary>
/// <param name="Word">As it is written.</param>
/// <param name="Offset">Where it begins, in characters of the text.</param>
/// <param name="Clause">Which of the text's clauses it stands in, counted from 0.</param>
public readonly record struct TextWord(string Word, int Offset, int Clause);
