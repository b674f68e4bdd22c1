namespace Parley.Alignment;

/// <summary>Something that was said and is not in the text.</summary>
/// <param name="Before">The place in the text of the word that it comes before; the number of words: it comes after the last.</param>
/// <param name="Text">What it is: words of the text that are said once more, or <c>uh</c>, <c>um</c>.</param>
/// <param name="First">Its first frame.</param>
/// <param name="End">The frame after its last.</param>
public readonly record struct InsertedSpeech(int Before, string Text, int First, int End);
