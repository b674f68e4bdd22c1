using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar.Rules;

/// <summary>Reads the rules from the data files beside this class; docs/learning.md describes their form.</summary>
internal static class RuleBook
{
    /// <summary>All rules, in the order in which they are tried.</summary>
    public static IReadOnlyList<Rule> All { get; } = Read(Resource.In("Grammar.Rules").SelectMany(Resource.Lines));

    /// <exception cref="FormatException">A rule is not complete or does not parse; the message names it.</exception>
    internal static IReadOnlyList<Rule> Read(IEnumerable<string> lines)
    {
        var (lists, rules, fields) = (new Dictionary<string, Condition>(), new List<Rule>(), new List<(string Key, string Value)>());
        foreach (var (key, value) in lines.Select(Split))
        {
            if (key is "rule" or "list" && fields.Count > 0)
            {
                rules.Add(Make(fields, lists));
                fields.Clear();
            }
            if (key == "list")
            {
                var (name, words) = Split(value);
                lists.Add(name, Condition.Parse(words.Replace(' ', '|'), lists));
            }
            else { fields.Add((key, value)); }
        }
        if (fields.Count > 0) { rules.Add(Make(fields, lists)); }
        return rules;
    }

    private static Rule Make(List<(string Key, string Value)> fields, Dictionary<string, Condition> lists)
    {
        var head = One("rule").Split(' ');
        try
        {
            var pattern = Pattern.Parse(One("match"), lists);
            return new Rule(
                head[0], head[1], head[2], head.Length > 3 ? Enum.Parse<Medium>(head[3], ignoreCase: true) : Medium.Both, pattern, Replacement.Parse(One("put"), pattern.Length), One("why"), One("zh"), [.. Examples()]);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw new FormatException($"The rule {head[0]} cannot be read: {e.Message}", e);
        }

        string One(string key) => fields.FirstOrDefault(f => f.Key == key).Value ?? throw new FormatException($"It has no '{key}'.");

        IEnumerable<Example> Examples() => fields.Where(f => f.Key is "wrong" or "right").Select(f =>
            f.Value.Split(" => ") is [var before, var after] ? new Example(before, after) : new Example(f.Value, f.Value));
    }

    private static (string Key, string Value) Split(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (line, "") : (line[..space], line[(space + 1)..].Trim());
    }
}
