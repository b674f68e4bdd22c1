using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar.Rules;

/// <summary>
/// What stands in the place of what a pattern fits: words, which may take the form of a place (<c>do@1</c>), and numbers of its places, which may ask for a form
/// (<c>4.VBG</c>).
/// </summary>
internal sealed class Replacement
{
    private const Tag Verbs = Tag.VB | Tag.VBP | Tag.VBZ | Tag.VBD | Tag.VBN | Tag.VBG, Nouns = Tag.NN | Tag.NNS, Qualities = Tag.JJ | Tag.JJR | Tag.JJS | Tag.RB;

    private static readonly Dictionary<string, string> s_objects = new() { ["i"] = "me", ["he"] = "him", ["she"] = "her", ["we"] = "us", ["they"] = "them" };

    private static readonly Dictionary<string, string> s_subjects = s_objects.ToDictionary(p => p.Value, p => p.Key == "i" ? "I" : p.Key);

    private readonly Item[] _items;

    private Replacement(Item[] items) => _items = items;

    /// <exception cref="FormatException">It names a place or a form that is none.</exception>
    public static Replacement Parse(string text, int places) => new([.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(i => Item.Parse(i, places))]);

    /// <summary>The words to put; unchanged ones are those of the sentence.</summary>
    public List<string> Make(TaggedWord[] words, Range[] places)
    {
        var texts = new List<string>();
        foreach (var (literal, place, form) in _items)
        {
            if (literal is not null)
            {
                texts.AddRange((place < 0 ? literal : Inflector.Inflect(literal, words[places[place]][0].Tag)).Split(' '));
                continue;
            }
            foreach (var word in words.AsSpan(places[place])) { texts.AddRange(form == Tag.None ? [word.Token.Text] : Inflect(word, form)); }
        }
        return texts;
    }

    private static string[] Inflect(TaggedWord word, Tag form)
    {
        var made = form switch
        {
            Tag.PRP => s_subjects.GetValueOrDefault(word.Norm, word.Norm),
            Tag.PRPO => s_objects.GetValueOrDefault(word.Norm, word.Norm),
            // What an irregular plural such as "people" comes from is in no ending.
            Tag.NN => word.Norm == "people" ? "person" : Inflector.SingularOf(word.Norm) ?? word.BaseAs(Nouns),
            _ => Inflector.Inflect(word.BaseAs((form & Verbs) != 0 ? Verbs : (form & Nouns) != 0 ? Nouns : Qualities), form),
        };
        return made == word.Norm ? [word.Token.Text] : made.Split(' ');
    }

    private readonly record struct Item(string? Literal, int Place, Tag Form)
    {
        public static Item Parse(string text, int places)
        {
            var digits = text.TakeWhile(char.IsDigit).Count();
            var at = text.IndexOf('@', StringComparison.Ordinal);
            var (literal, place) = digits > 0 ? (null, text[..digits]) : at > 0 ? (text[..at], text[(at + 1)..]) : (text, "0");
            var number = int.Parse(place, System.Globalization.CultureInfo.InvariantCulture) - 1;
            if (number >= places || (digits > 0 && number < 0)) { throw new FormatException($"There is no place {text} in the pattern."); }
            return new Item(literal, number, digits > 0 && digits < text.Length ? Enum.Parse<Tag>(text[(digits + 1)..]) : Tag.None);
        }
    }
}
