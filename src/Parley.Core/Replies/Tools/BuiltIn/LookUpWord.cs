using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace Parley.Replies.Tools.BuiltIn;

/// <summary>The tool <c>look_up_word</c>: meanings, parts of speech and examples from a dictionary.</summary>
internal static class LookUpWord
{
    private const int MaxWord = 64;

    public static AIFunction Create(IWordDictionary dictionary) => AIFunctionFactory.Create(
        ([Description("One English word or short phrase, such as \"give up\".")] string word) => Answer(dictionary, word),
        "look_up_word",
        "Looks a word up in an English dictionary: meanings, part of speech, an example. Use it when the user asks what a word means.");

    private static string Answer(IWordDictionary dictionary, string word)
    {
        if (word.Length > MaxWord) { return "That is too long for a word."; }
        var senses = dictionary.LookUp(word);
        return senses.Count == 0
            ? $"The dictionary does not have \"{word}\"."
            : string.Join('\n', senses.Select(s => $"{s.Word} ({s.PartOfSpeech}): {s.Definition}{(s.Example is null ? "" : $" Example: {s.Example}")}"));
    }
}
