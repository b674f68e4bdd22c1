using Parley.Replies;
using Parley.Tutor.Dialogue;
using Parley.Tutor.Matching;
using Parley.Tutor.Scripting;

namespace Parley.Core.Tests.Tutor;

/// <summary>Walks through every scenario at random: whatever a learner chooses, the conversation comes to its end.</summary>
public sealed class ScenarioWalkTests(ITestOutputHelper output)
{
    private const int Walks = 1000;
    private const int MostTurns = 60;
    private static readonly ScenarioLibrary s_library = new();

    public static TheoryData<string> Names => [.. s_library.All.Select(s => s.Id)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Next_RandomAnswers_AlwaysReachesAClosingAndVisitsEveryNode(string name)
    {
        var scenario = s_library.Get(name);
        var seed = Random.Shared.Next();
        output.WriteLine($"{name}: seed {seed}");
        var random = new Random(seed);
        var visited = new HashSet<string>();
        var lengths = new List<int>();
        for (var walk = 0; walk < Walks; walk++)
        {
            var (level, wording) = (new LearnerLevel(random.Next(6)), random.NextInt64());
            TutorState? state = null;
            var turns = 0;
            do
            {
                var turn = new TutorDialogue(scenario, state, level, wording, []).Next(Answer(scenario, state, level, wording, random));
                state = turn.State;
                visited.Add(state.Node);
                Assert.False(string.IsNullOrWhiteSpace(turn.Text), $"walk {walk}: nothing said at {state.Node}");
                Assert.DoesNotContain("{", turn.Text, StringComparison.Ordinal);
                Assert.True(++turns <= MostTurns, $"walk {walk}: still at {state.Node} after {turns} turns (seed {seed})");
            }
            while (!scenario.Nodes[state.Node].Closing);
            lengths.Add(turns);
        }
        output.WriteLine($"turns: {lengths.Min()} to {lengths.Max()}, {lengths.Average():F1} on average");
        Assert.Equal(scenario.Nodes.Keys.Order(), visited.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Match_EveryOfferedAnswer_LeadsToItsOwnEdge(string name)
    {
        var scenario = s_library.Get(name);
        foreach (var (id, node) in scenario.Nodes.Where(n => !n.Value.Closing))
        {
            for (var level = 0; level < 6; level++)
            {
                for (var seed = 0; seed < 20; seed++)
                {
                    var state = new TutorState { Scenario = name, Node = id };
                    var offered = new AnswerOffer(scenario, state, new LearnerLevel(level), new Variation(seed, 0)).Suggestions;
                    for (var i = 0; i < offered.Count; i++)
                    {
                        // As a recogniser gives it: neither case nor punctuation.
                        var match = AnswerMatcher.Match(scenario, node, SpokenText.Normalize(offered[i].Text));
                        Assert.True(ReferenceEquals(node.Answers[i], match?.Answer) && match!.IsExact, $"{name}/{id}: '{offered[i].Text}' went astray");
                        Assert.Null(Recaster.Recast(offered[i].Text));
                    }
                }
            }
        }
    }

    // Mostly an offered answer, chosen or said; now and then silence, a call for help, or something else altogether.
    private static LearnerTurn Answer(Scenario scenario, TutorState? state, LearnerLevel level, long wording, Random random)
    {
        if (state is null) { return new LearnerTurn(null); }
        var offered = new AnswerOffer(scenario, state, level, new Variation(wording, state.Round)).Suggestions;
        var pick = offered[random.Next(offered.Count)];
        return random.Next(10) switch
        {
            0 => new LearnerTurn(random.Next(3) switch { 0 => "", 1 => "help", _ => "purple elephants under forty umbrellas" }),
            < 5 => new LearnerTurn(pick.Text, pick.Id),
            _ => new LearnerTurn(pick.Text),
        };
    }
}
