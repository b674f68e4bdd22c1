namespace Parley.Learning.Pronunciation.Features;

/// <summary>How common words are in the texts that learners were given to read: what is met often is said well.</summary>
/// <param name="speakers">For each word, in small letters, how many speakers had it in their texts.</param>
/// <remarks>Immutable.</remarks>
internal sealed class CommonWords(IReadOnlyDictionary<string, int> speakers)
{
    /// <summary>For each word how many speakers had it in their texts.</summary>
    public IReadOnlyDictionary<string, int> Speakers => speakers;

    /// <summary>Counts the speakers of each word.</summary>
    public static CommonWords Of(IEnumerable<(string Speaker, string Word)> readers) =>
        new(readers.Select(r => (r.Speaker, Word: Plain(r.Word))).Distinct().GroupBy(r => r.Word, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal));

    /// <summary>The logarithm of how many other speakers had it, and one.</summary>
    /// <param name="word">As it is written.</param>
    /// <param name="isCounted">Whether the reader is one of the speakers that were counted.</param>
    public float Of(string word, bool isCounted) => MathF.Log(1 + Math.Max(0, speakers.GetValueOrDefault(Plain(word)) - (isCounted ? 1 : 0)));

    private static string Plain(string word) => FunctionWords.Bare(word).ToLowerInvariant();
}
