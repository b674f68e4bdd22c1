namespace Parley.WordNet.Tools;

/// <summary>A part of speech: its name, its files, and the endings of its inflected forms with what stands in their place in the base form.</summary>
internal sealed record PartOfSpeech(string Name, string Extension, IReadOnlyList<(string Ending, string Base)> Endings)
{
    public static IReadOnlyList<PartOfSpeech> All { get; } =
    [
        new("noun", "noun",
            [("s", ""), ("ses", "s"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"), ("ies", "y")]),
        new("verb", "verb",
            [("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")]),
        new("adjective", "adj", [("er", ""), ("est", ""), ("er", "e"), ("est", "e")]),
        new("adverb", "adv", []),
    ];

    public string Index => $"index.{Extension}";

    public string Data => $"data.{Extension}";

    public string Exceptions => $"{Extension}.exc";

    public IEnumerable<string> Files => [Index, Data, Exceptions];

    /// <summary>Forms that the word may be inflected from, by its ending alone. Of a phrase a noun bends the last word, a verb the first.</summary>
    public IEnumerable<string> BasesOf(string lemma)
    {
        var cut = Extension == "verb" ? lemma.IndexOf('_', StringComparison.Ordinal) : -1;
        var (word, rest) = cut < 0 ? (lemma, "") : (lemma[..cut], lemma[cut..]);
        return Endings.Where(e => word.Length > e.Ending.Length + 1 && word.EndsWith(e.Ending, StringComparison.Ordinal))
            .Select(e => string.Concat(word.AsSpan(0, word.Length - e.Ending.Length), e.Base, rest));
    }
}
