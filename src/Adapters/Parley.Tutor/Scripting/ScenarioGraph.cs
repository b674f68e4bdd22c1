namespace Parley.Tutor.Scripting;

/// <summary>Where a conversation can go. Expects that every answer leads to a known node.</summary>
internal static class ScenarioGraph
{
    /// <summary>The nodes one step on.</summary>
    public static IEnumerable<string> Next(Scenario scenario, ScenarioNode node)
    {
        var named = node.Answers.Select(a => a.To).Where(to => to != ScenarioAnswer.NextTopic);
        return node.Answers.Any(a => a.To == ScenarioAnswer.NextTopic) ? named.Concat(Topics(scenario)).Concat(Closings(scenario)) : named;
    }

    /// <summary>In open talk, the nodes that words alone lead to.</summary>
    public static IEnumerable<string> Topics(Scenario scenario) =>
        scenario.Nodes.Where(n => n.Value.Keywords.Count > 0).Select(n => n.Key);

    public static IEnumerable<string> Closings(Scenario scenario) => scenario.Nodes.Where(n => n.Value.Closing).Select(n => n.Key);

    public static IEnumerable<string> Problems(Scenario scenario)
    {
        var reached = Reachable(scenario, scenario.Start);
        foreach (var name in scenario.Nodes.Keys.Where(n => !reached.Contains(n)))
        {
            yield return $"nodes.{name}: no answer leads here.";
        }
        foreach (var name in reached.Where(n => !Reachable(scenario, n).Any(to => scenario.Nodes[to].Closing)))
        {
            yield return $"nodes.{name}: no closing can be reached from here.";
        }
        var given = reached.SelectMany(n => scenario.Nodes[n].Answers).Select(a => a.Goal).ToHashSet();
        foreach (var goal in scenario.Goals.Keys.Where(g => !given.Contains(g)))
        {
            yield return $"goals.{goal}: no answer reaches it.";
        }
    }

    private static HashSet<string> Reachable(Scenario scenario, string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { start };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out var name))
        {
            foreach (var next in Next(scenario, scenario.Nodes[name]).Where(reached.Add)) { open.Enqueue(next); }
        }
        return reached;
    }
}
