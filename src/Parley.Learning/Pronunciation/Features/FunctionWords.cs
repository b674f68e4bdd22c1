using System.Collections.Frozen;

namespace Parley.Learning.Pronunciation.Features;

/// <summary>The words that English says short and without stress: articles, pronouns, prepositions, conjunctions and auxiliaries.</summary>
internal static class FunctionWords
{
    private static readonly FrozenSet<string> s_words = """
        a an the and or but if than then so of to in on at for from with by as is am are was were be been do does did has have had not no
        will would can could should may might must i you he she it we they me him her us them my your his its our their
        this that these those there here what who when where how
        """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a word as it is written is one of them.</summary>
    public static bool Contains(string word) => s_words.Contains(Bare(word));

    /// <summary>A word without the marks around it.</summary>
    public static string Bare(string word) => word.Trim('"', '\'', ',', '.', ';', ':', '!', '?', '(', ')');
}
