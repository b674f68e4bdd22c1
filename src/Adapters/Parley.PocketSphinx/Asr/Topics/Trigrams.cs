using System.Globalization;
using System.Text;

namespace Parley.PocketSphinx.Asr.Topics;

/// <summary>A trigram model of a few sentences, in the ARPA format.</summary>
/// <remarks>
/// Interpolated by Witten and Bell (1991): what follows a context is as likely new as there are different words that were seen to follow it. That suits a few hundred sentences, of which nothing can be put aside
/// to fit discounts to.
/// </remarks>
internal sealed class Trigrams
{
    private const string Begin = "<s>", End = "</s>";
    private const int Order = 3;

    // For each context, up to two words that are joined by blanks, what followed it and how often.
    private readonly Dictionary<string, Dictionary<string, int>> _followers = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _words = new(StringComparer.Ordinal) { End };

    /// <param name="sentences">The words of each.</param>
    public Trigrams(IEnumerable<IReadOnlyList<string>> sentences)
    {
        foreach (var sentence in sentences.Where(s => s.Count > 0))
        {
            string[] words = [Begin, .. sentence, End];
            for (var i = 1; i < words.Length; i++)
            {
                _words.Add(words[i]);
                for (var length = 0; length < Order && length <= i; length++) { Count(string.Join(' ', words[(i - length)..i]), words[i]); }
            }
        }
    }

    /// <summary>Words, the end of a sentence among them; 1: there was no sentence.</summary>
    public int Words => _words.Count;

    /// <summary>The probability of a word in a context.</summary>
    /// <param name="context">Up to two words, joined by blanks.</param>
    /// <param name="word">The word.</param>
    public double Probability(string context, string word)
    {
        var less = context.Length == 0 ? 1.0 / _words.Count : Probability(Shorter(context), word);
        if (!_followers.TryGetValue(context, out var followers)) { return less; }
        return (followers.GetValueOrDefault(word) + (followers.Count * less)) / (followers.Values.Sum() + followers.Count);
    }

    /// <summary>The model as ARPA has it.</summary>
    public string ToArpa()
    {
        var entries = Enumerable.Range(0, Order).Select(length => _followers.Where(f => LengthOf(f.Key) == length)
            .SelectMany(f => f.Value.Keys.Select(word => (Context: f.Key, Word: word))).OrderBy(e => $"{e.Context} {e.Word}", StringComparer.Ordinal).ToArray()).ToArray();
        var text = new StringBuilder("\\data\\\n");
        // The begin of a sentence is a word that never follows.
        for (var length = 0; length < Order; length++) { text.Append(CultureInfo.InvariantCulture, $"ngram {length + 1}={entries[length].Length + (length == 0 ? 1 : 0)}\n"); }
        for (var length = 0; length < Order; length++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\\{length + 1}-grams:\n");
            if (length == 0) { Append(text, -99, Begin, Begin); }
            foreach (var (context, word) in entries[length])
            {
                var gram = context.Length == 0 ? word : $"{context} {word}";
                Append(text, Math.Log10(Probability(context, word)), gram, length == Order - 1 ? null : gram);
            }
        }
        return text.Append("\n\\end\\\n").ToString();
    }

    // What is left for words that were not seen in a context.
    private void Append(StringBuilder text, double probability, string gram, string? context)
    {
        text.Append(CultureInfo.InvariantCulture, $"{probability:0.0000}\t{gram}");
        if (context is not null)
        {
            var left = _followers.TryGetValue(context, out var followers) ? followers.Count / (double)(followers.Values.Sum() + followers.Count) : 1;
            text.Append(CultureInfo.InvariantCulture, $"\t{Math.Log10(left):0.0000}");
        }
        text.Append('\n');
    }

    private void Count(string context, string word)
    {
        if (!_followers.TryGetValue(context, out var followers)) { _followers[context] = followers = new(StringComparer.Ordinal); }
        followers[word] = followers.GetValueOrDefault(word) + 1;
    }

    private static string Shorter(string context) => context.IndexOf(' ', StringComparison.Ordinal) is > 0 and var at ? context[(at + 1)..] : "";

    private static int LengthOf(string context) => context.Length == 0 ? 0 : context.Count(c => c == ' ') + 1;
}
