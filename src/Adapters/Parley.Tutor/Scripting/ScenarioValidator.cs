namespace Parley.Tutor.Scripting;

/// <summary>Finds what is wrong in a scenario before a learner does.</summary>
internal static class ScenarioValidator
{
    private static readonly string[] s_levels = ["A1", "A2", "B1", "B2", "C1", "C2"];
    private static readonly string[] s_emotions = ["neutral", "happy", "encouraging", "surprised", "thinking", "concerned"];

    /// <summary>Each problem as "path: what is wrong"; none if the scenario is sound.</summary>
    public static IReadOnlyList<string> Validate(Scenario scenario)
    {
        var problems = new List<string>();
        if (scenario.Levels.Count != 2 || scenario.Levels.Any(l => !s_levels.Contains(l))
            || Array.IndexOf(s_levels, scenario.Levels[0]) > Array.IndexOf(s_levels, scenario.Levels[1]))
        {
            problems.Add("levels: two levels from A1 to C2, the lower first, are expected.");
        }
        Lines("opening", scenario.Opening, scenario, problems, isRequired: true);
        if (!scenario.Nodes.ContainsKey(scenario.Start)) { problems.Add($"start: node '{scenario.Start}' is not defined."); }
        if (!scenario.Nodes.Values.Any(n => n.Closing)) { problems.Add("nodes: there is no closing."); }
        foreach (var (name, slot) in scenario.Slots)
        {
            if (name.Length == 0 || !name.All(char.IsAsciiLetterOrDigit)) { problems.Add($"slots.{name}: a name of letters and digits is expected."); }
            if (slot.Values.Count == 0 || slot.Values.Any(v => v.Split('|').Any(string.IsNullOrWhiteSpace)))
            {
                problems.Add($"slots.{name}.values: at least one value is expected, and none may be empty.");
            }
        }
        for (var i = 0; i < scenario.Questions.Count; i++)
        {
            Lines($"questions[{i}].reply", scenario.Questions[i].Reply, scenario, problems, isRequired: true);
            if (scenario.Questions[i].Keywords.Count == 0) { problems.Add($"questions[{i}].keywords: at least one is expected."); }
        }
        foreach (var (name, node) in scenario.Nodes) { Node($"nodes.{name}", node, scenario, problems); }
        if (problems.Count == 0) { problems.AddRange(ScenarioGraph.Problems(scenario)); }
        return problems;
    }

    private static void Node(string path, ScenarioNode node, Scenario scenario, List<string> problems)
    {
        Lines($"{path}.say", node.Say, scenario, problems, isRequired: true);
        Lines($"{path}.simple", node.Simple is null ? [] : [node.Simple], scenario, problems);
        Lines($"{path}.hint", node.Hint is null ? [] : [node.Hint], scenario, problems);
        Emotion($"{path}.emotion", node.Emotion, problems);
        if (node.Closing && node.Answers.Count > 0) { problems.Add($"{path}: a closing has no answers."); }
        if (!node.Closing && node.Answers.Count is < 2 or > 4)
        {
            problems.Add($"{path}.answers: 2 to 4 answers are expected, there are {node.Answers.Count}.");
        }
        if (!node.Closing && node.Hint is null) { problems.Add($"{path}.hint: is missing."); }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < node.Answers.Count; i++)
        {
            var at = $"{path}.answers[{i}]";
            Answer(at, node.Answers[i], scenario, problems);
            foreach (var line in node.Answers[i].Say.Where(line => !seen.Add(Replies.SpokenText.Normalize(line))))
            {
                problems.Add($"{at}.say: '{line}' stands twice in this node.");
            }
        }
    }

    private static void Answer(string path, ScenarioAnswer answer, Scenario scenario, List<string> problems)
    {
        Lines($"{path}.say", answer.Say, scenario, problems, isRequired: true);
        Lines($"{path}.reply", answer.Reply, scenario, problems);
        Lines($"{path}.recast", answer.Recast is null ? [] : [answer.Recast], scenario, problems);
        if (answer.Emotion is not null) { Emotion($"{path}.emotion", answer.Emotion, problems); }
        if (answer.Means is not (null or "yes" or "no")) { problems.Add($"{path}.means: 'yes' or 'no' is expected, not '{answer.Means}'."); }
        if (answer.Goal is { } goal && !scenario.Goals.ContainsKey(goal)) { problems.Add($"{path}.goal: goal '{goal}' is not defined."); }
        if (answer.To == ScenarioAnswer.NextTopic ? !scenario.Open : !scenario.Nodes.ContainsKey(answer.To))
        {
            problems.Add($"{path}.to: node '{answer.To}' is not defined.");
        }
    }

    private static void Lines(string path, IReadOnlyList<string> lines, Scenario scenario, List<string> problems, bool isRequired = false)
    {
        if (isRequired && lines.Count == 0) { problems.Add($"{path}: at least one line is expected."); }
        if (lines.Any(string.IsNullOrWhiteSpace)) { problems.Add($"{path}: a line is empty."); }
        foreach (var slot in lines.SelectMany(ScenarioTemplate.SlotsOf).Where(s => !scenario.Slots.ContainsKey(s)))
        {
            problems.Add($"{path}: slot '{slot}' is not defined.");
        }
    }

    private static void Emotion(string path, string emotion, List<string> problems)
    {
        if (!s_emotions.Contains(emotion)) { problems.Add($"{path}: '{emotion}' is none of {string.Join(", ", s_emotions)}."); }
    }
}
