using System.Text;
using System.Text.Json.Nodes;
using Parley.Diagnostics;
using Parley.Tutor.Scripting;

namespace Parley.Core.Tests.Tutor;

/// <summary>What a teacher gets to read when a scenario is not sound.</summary>
public sealed class ScenarioLibraryTests
{
    private const string Sound = """
        { "id": "tiny", "title": "Tiny", "role": "a friend", "levels": ["A1", "B1"], "opening": ["Hello."], "start": "a",
          "goals": { "g": "say yes" }, "slots": { "x": { "values": ["one|1"], "default": "that" } },
          "nodes": {
            "a": { "say": ["Ready?"], "hint": "Say yes.", "answers": [
              { "say": ["Yes, {x}."], "to": "z", "goal": "g" }, { "say": ["No."], "to": "z" } ] },
            "z": { "say": ["Bye."], "closing": true } } }
        """;

    [Fact]
    public void BuiltIn_AllScenarios_AreSoundAndEnough()
    {
        var all = new ScenarioLibrary().All.ToList();
        Assert.True(all.Count(s => !s.Open) >= 8);
        Assert.All(all.Where(s => !s.Open), s => Assert.InRange(s.Nodes.Values.Count(n => !n.Closing), 5, 20));
        Assert.All(all.SelectMany(s => s.Nodes.Values).Where(n => !n.Closing), n => Assert.NotNull(n.Simple));
    }

    [Fact]
    public void Parse_SoundScenario_IsTaken() => Assert.Equal("Tiny", Parse(JsonNode.Parse(Sound)!).Title);

    [Theory]
    [InlineData("nodes.a.answers.0.to", "\"q\"", "nodes.a.answers[0].to: node 'q' is not defined.")]
    [InlineData("nodes.a.answers.0.say.0", "\"Yes, {y}.\"", "nodes.a.answers[0].say: slot 'y' is not defined.")]
    [InlineData("nodes.a.answers.1.say.0", "\"yes {x}\"", "stands twice in this node.")]
    [InlineData("nodes.a.answers.0.goal", "\"h\"", "goal 'h' is not defined.")]
    [InlineData("nodes.a.answers.0.goal", "null", "goals.g: no answer reaches it.")]
    [InlineData("nodes.a.answers", "[]", "nodes.a.answers: 2 to 4 answers are expected, there are 0.")]
    [InlineData("nodes.a.hint", "null", "nodes.a.hint: is missing.")]
    [InlineData("nodes.a.emotion", "\"angry\"", "nodes.a.emotion: 'angry' is none of")]
    [InlineData("nodes.z.closing", "false", "there is no closing.")]
    [InlineData("nodes.b", """{ "say": ["?"], "closing": true }""", "nodes.b: no answer leads here.")]
    [InlineData("start", "\"q\"", "start: node 'q' is not defined.")]
    [InlineData("levels.1", "\"Z9\"", "levels: ")]
    [InlineData("id", "\"other\"", "id: 'other' is not the file's name.")]
    [InlineData("nodes.a.anwsers", "[]", "anwsers")]
    [InlineData("nodes.a.say", "7", "$.nodes.a.say")]
    public void Parse_UnsoundScenario_NamesFileAndPath(string path, string value, string message)
    {
        var json = JsonNode.Parse(Sound)!;
        Set(json, path.Split('.'), JsonNode.Parse(value));

        var problem = Assert.Throws<VoiceException>(() => Parse(json));

        Assert.StartsWith("tiny.json: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NoWayOut_IsADeadEnd()
    {
        var json = JsonNode.Parse(Sound)!;
        json["nodes"]!["a"]!["answers"]![0]!["to"] = "loop";
        json["nodes"]!["loop"] = JsonNode.Parse("""
            { "say": ["Again?"], "hint": "h", "answers": [ { "say": ["Yes."], "to": "loop" }, { "say": ["No."], "to": "loop" } ] }
            """);
        Assert.Contains("nodes.loop: no closing can be reached", Assert.Throws<VoiceException>(() => Parse(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_TeachersScenario_IsAddedAndABrokenOneIsNamed()
    {
        var folder = Directory.CreateTempSubdirectory("parley-scenarios");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "tiny.json"), Sound);
            Assert.Equal("Tiny", new ScenarioLibrary(folder.FullName).Get("tiny").Title);

            File.WriteAllText(Path.Combine(folder.FullName, "broken.json"), "{");
            Assert.StartsWith("broken.json: ", Assert.Throws<VoiceException>(() => new ScenarioLibrary(folder.FullName)).Message, StringComparison.Ordinal);
        }
        finally { folder.Delete(recursive: true); }
    }

    private static Scenario Parse(JsonNode json) => ScenarioLibrary.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json.ToJsonString())), "tiny.json");

    private static void Set(JsonNode json, string[] path, JsonNode? value)
    {
        var at = path.SkipLast(1).Aggregate(json, (node, key) => int.TryParse(key, out var i) ? node[i]! : node[key]!);
        if (int.TryParse(path[^1], out var index)) { at[index] = value; }
        else { at[path[^1]] = value; }
    }
}
