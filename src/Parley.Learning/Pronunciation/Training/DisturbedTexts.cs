namespace Parley.Learning.Pronunciation.Training;

/// <summary>Texts of which a part was not said: what the models of whether words were said are fitted to.</summary>
/// <param name="texts">The words of the texts that were said.</param>
/// <remarks>Thread-safe. The same texts are disturbed in the same way.</remarks>
public sealed class DisturbedTexts(IReadOnlyList<IReadOnlyList<string>> texts)
{
    // Every third text is another altogether: there the words find places that fit them far better than that of a single wrong word.
    private const int Whole = 3, OneIn = 4;

    // After so many that are the same there are no others.
    private const int Tries = 100;

    // So that which text and which word are chosen apart.
    private const int SeedOfTexts = 1000;

    private readonly string[] _words = [.. texts.SelectMany(words => words).Distinct()];

    /// <summary>Puts other words in the place of one in four, at least of one, or another text in the place of the whole, unless all are the same.</summary>
    /// <param name="text">The place of the text.</param>
    public IReadOnlyList<string> Of(int text)
    {
        if (text % Whole == 0)
        {
            var choice = new Random(text + SeedOfTexts);
            for (var tries = 0; tries < Tries; tries++)
            {
                var other = texts[choice.Next(texts.Count)];
                if (!other.SequenceEqual(texts[text])) { return other; }
            }
            return texts[text];
        }
        var random = new Random(text);
        string[] disturbed = [.. texts[text]];
        var places = Enumerable.Range(0, disturbed.Length).ToArray();
        random.Shuffle(places);
        foreach (var place in places.Take(Math.Max(1, disturbed.Length / OneIn)))
        {
            var other = _words[random.Next(_words.Length)];
            if (!string.Equals(other, disturbed[place], StringComparison.OrdinalIgnoreCase)) { disturbed[place] = other; }
        }
        return disturbed;
    }
}
