using System.Globalization;
using Parley.Learning.Grammar.Words;

namespace Parley.Learning.Grammar.Ranking;

/// <summary>Reads the choices from <c>choices.txt</c>: fields separated by bars, as its first line says.</summary>
internal static class ChoiceBook
{
    public static IReadOnlyDictionary<string, Choice> All { get; } = Resource.Lines("Grammar.Ranking.choices.txt").Select(Parse).ToDictionary(c => c.Name);

    private static Choice Parse(string line)
    {
        var fields = line.Split('|').Select(f => f.Trim()).ToArray();
        return new Choice(
            fields[0], fields[1], fields[2], double.Parse(fields[3], CultureInfo.InvariantCulture), fields[4] == "written", fields[6], fields[7],
            fields[5].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
