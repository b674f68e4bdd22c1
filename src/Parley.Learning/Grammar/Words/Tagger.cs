using System.Globalization;

namespace Parley.Learning.Grammar.Words;

/// <summary>Chooses a reading for each word of a sentence: the likeliest path through them, by how common each is and what follows what.</summary>
/// <remarks>Thread-safe. The scores of what follows what are set by hand, in <c>transitions.txt</c>.</remarks>
internal sealed class Tagger(WordAnalyzer words)
{
    private static readonly Dictionary<(Tag, Tag), double> s_transitions = ReadTransitions();

    /// <summary>The tokens with their readings, the chosen one first.</summary>
    public TaggedWord[] Tag(IReadOnlyList<Token> tokens)
    {
        var tagged = new TaggedWord[tokens.Count];
        var (best, from) = (new double[tokens.Count][], new int[tokens.Count][]);
        for (var i = 0; i < tokens.Count; i++)
        {
            var readings = Read(tokens, i);
            tagged[i] = new TaggedWord(tokens[i], readings, 0);
            (best[i], from[i]) = (new double[readings.Count], new int[readings.Count]);
            for (var r = 0; r < readings.Count; r++)
            {
                var (score, origin) = (double.NegativeInfinity, 0);
                if (i == 0) { score = Between(Words.Tag.None, readings[r].Tag); }
                for (var p = 0; i > 0 && p < tagged[i - 1].Readings.Count; p++)
                {
                    var before = tagged[i - 1].Readings[p].Tag;
                    var path = best[i - 1][p] + (before == Words.Tag.Mark ? 0.5 * Between(Words.Tag.None, readings[r].Tag) : Between(before, readings[r].Tag));
                    if (path > score) { (score, origin) = (path, p); }
                }
                (best[i][r], from[i][r]) = (score + readings[r].Weight, origin);
            }
        }
        var chosen = tokens.Count == 0 ? 0 : Last(best[^1], tagged[^1].Readings);
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            tagged[i] = tagged[i] with { Chosen = chosen };
            chosen = from[i][chosen];
        }
        return tagged;
    }

    private static int Last(double[] best, IReadOnlyList<Reading> readings) =>
        Enumerable.Range(0, best.Length).MaxBy(r => best[r] + Between(readings[r].Tag, Words.Tag.Mark));

    private IReadOnlyList<Reading> Read(IReadOnlyList<Token> tokens, int i)
    {
        var token = tokens[i];
        switch (token.Kind)
        {
            case TokenKind.Mark: return [new(Words.Tag.Mark, token.Norm, 0)];
            case TokenKind.Number: return [new(Words.Tag.CD, token.Norm, 0)];
            case TokenKind.Other: return [new(Words.Tag.Other, token.Norm, 0)];
        }
        var readings = words.Analyze(token.Norm);
        var isName = char.IsUpper(token.Text[0]) && i > 0 && tokens[i - 1].Kind != TokenKind.Mark && token.Norm != "i";
        if (!isName) { return readings; }
        return words.Knows(token.Norm) && token.Text.Length > 1 ? [.. readings, new(Words.Tag.NNP, token.Norm, -0.5)] : [new(Words.Tag.NNP, token.Norm, 0)];
    }

    private static double Between(Tag before, Tag after) => s_transitions.GetValueOrDefault((before, after));

    private static Dictionary<(Tag, Tag), double> ReadTransitions() => Resource.Lines("Grammar.Words.transitions.txt").Select(l => l.Split(' '))
        .ToDictionary(f => (Parse(f[0]), Parse(f[1])), f => double.Parse(f[2], CultureInfo.InvariantCulture));

    private static Tag Parse(string name) => name switch { "^" => Words.Tag.None, "$" => Words.Tag.Mark, _ => Enum.Parse<Tag>(name) };
}
