namespace Parley.Learning.Pronunciation.Training;

/// <summary>Texts of which a part was not said: what a model of whether a word was said is fitted to.</summary>
public static class DisturbedText
{
    // Every third text is another altogether: there the words find places that fit them far better than that of a single wrong word.
    private const int Whole = 3, OneIn = 4;

    /// <summary>Puts other words in the place of one in four, at least of one, or of all.</summary>
    /// <param name="words">The words that were said.</param>
    /// <param name="others">Words to choose from.</param>
    /// <param name="seed">Which and where.</param>
    public static string[] Of(IReadOnlyList<string> words, IReadOnlyList<string> others, int seed)
    {
        var random = new Random(seed);
        string[] disturbed = [.. words];
        var places = Enumerable.Range(0, words.Count).ToArray();
        random.Shuffle(places);
        foreach (var place in places.Take(seed % Whole == 0 ? words.Count : Math.Max(1, words.Count / OneIn)))
        {
            var other = others[random.Next(others.Count)];
            if (!string.Equals(other, words[place], StringComparison.OrdinalIgnoreCase)) { disturbed[place] = other; }
        }
        return disturbed;
    }
}
