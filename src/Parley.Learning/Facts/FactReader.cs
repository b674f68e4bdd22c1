using System.Security.Cryptography;
using System.Text;
using Parley.Learning.Grammar;
using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Facts;

/// <summary>Finds what learners say of themselves in what they say, by patterns over its words.</summary>
/// <remarks>
/// Stateless. It rather overlooks than invents: what is asked, or said in passing inside another thought, is no fact. Of some kinds there is one fact at a time, and the newest is it.
/// </remarks>
public static class FactReader
{
    private const int IdLength = 8;

    /// <summary>The facts in a text, in their order.</summary>
    /// <param name="text">Corrected, so that patterns find what was meant.</param>
    /// <param name="at">When it was said.</param>
    public static IReadOnlyList<LearnerFact> Read(string text, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(text);
        var facts = new List<LearnerFact>();
        foreach (var sentence in SentenceCutter.Cut(Tokenizer.Tokenize(text)))
        {
            if (sentence[^1].Text == "?") { continue; }
            var written = string.Concat(sentence.Select((t, i) => i == 0 ? t.Text : t.Space + t.Text));
            for (var start = 0; start < sentence.Count; start++)
            {
                if (!Begins(sentence, start)) { continue; }
                var found = FactPattern.All.Select(p => (p.Kind, Value: p.Match(sentence, start))).FirstOrDefault(f => f.Value is not null);
                if (found.Value is not { } value) { continue; }
                if (found.Kind == FactKind.Name) { value = string.Join(' ', value.Split(' ').Select(w => char.ToUpperInvariant(w[0]) + w[1..])); }
                facts.Add(new LearnerFact(IdOf(found.Kind, value), found.Kind, value, written, at));
            }
        }
        return facts;
    }

    private static bool Begins(List<Token> sentence, int at) => at == 0 || sentence[at - 1].Kind == TokenKind.Mark || FactPattern.Before.Contains(sentence[at - 1].Norm);

    private static string IdOf(FactKind kind, string value) => kind is FactKind.Name or FactKind.Home or FactKind.Origin or FactKind.Age
        ? kind.ToString().ToLowerInvariant()
        : $"{kind.ToString().ToLowerInvariant()}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value.ToLowerInvariant())))[..IdLength]}";
}
