using System.Runtime.CompilerServices;
using Parley.Replies;
using Parley.Tutor.Matching;
using Parley.Tutor.Scripting;

namespace Parley.Tutor.Dialogue;

/// <summary>What learners may say in a scenario, anywhere in it: whoever listens hears such sentences better when it knows them.</summary>
internal static class ScenarioSentences
{
    private const int MostOfOne = 80, Most = 2_000;

    private static readonly ConditionalWeakTable<Scenario, IReadOnlyList<string>> s_made = [];

    /// <summary>The sentences of all its answers, and those that may be said anywhere; the same list each time.</summary>
    public static IReadOnlyList<string> Of(Scenario scenario) => s_made.GetValue(scenario, Make);

    /// <summary>A wording with each value in its slots, as many as there may be.</summary>
    public static IEnumerable<string> Expand(Scenario scenario, string template)
    {
        IEnumerable<string> lines = [template];
        foreach (var slot in ScenarioTemplate.SlotsOf(template))
        {
            lines = lines.SelectMany(_ => scenario.Slots[slot].Values,
                (line, value) => line.Replace($"{{{slot}}}", SlotReader.Spoken(value), StringComparison.Ordinal));
        }
        return lines.Take(MostOfOne);
    }

    private static IReadOnlyList<string> Make(Scenario scenario) =>
    [
        .. scenario.Nodes.Values.SelectMany(node => node.Answers).SelectMany(answer => answer.Say).SelectMany(template => Expand(scenario, template))
            .Concat(StockLines.Anytime).DistinctBy(SpokenText.Normalize).Take(Most),
    ];
}
