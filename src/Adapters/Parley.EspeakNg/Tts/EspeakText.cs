using Parley.Tts;

namespace Parley.EspeakNg.Tts;

/// <summary>A piece of a request's text as the program is given it: character for character, without what it should not read out.</summary>
internal sealed class EspeakText
{
    /// <summary>The program's own brackets for phonemes and markup.</summary>
    private const string Brackets = @"[]<>\_|~";

    public EspeakText(string source, Range piece)
    {
        var (start, length) = piece.GetOffsetAndLength(source.Length);
        Spoken = TextWords.Speakable(source.AsSpan(start, length), Brackets);
        Words = TextWords.Find(source, start, Spoken);
    }

    /// <summary>What is handed to the program: emoji, control characters and its own phoneme brackets are spaces.</summary>
    public string Spoken { get; }

    /// <summary>The words, in order; offsets count in the whole request. Han, kana and the like count as one word a character.</summary>
    public IReadOnlyList<TextWord> Words { get; }
}
