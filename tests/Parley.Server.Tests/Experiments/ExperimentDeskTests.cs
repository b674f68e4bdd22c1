using Parley.Policy.Experiments;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Experiments;

public sealed class ExperimentDeskTests
{
    [Fact]
    public void Assign_SameLearner_AlwaysGetsTheSame()
    {
        var (one, other) = (Desk(0.5, 0.5), Desk(0.5, 0.5));

        Assert.All(Learners(500), l => Assert.Equal(one.Assign(l), other.Assign(l)));
        // What was drawn in the first version is drawn in each later one: learners must not change sides with an update.
        Assert.Equal(["control", "control", "control", "quick"], new[] { "ana", "ben", "chen", "dora" }.Select(l => one.Assign(l).Single().Value).ToArray());
    }

    [Fact]
    public void Assign_ManyLearners_AreSplitAsTheSharesSay()
    {
        var drawn = Learners(20_000).Select(l => Desk(0.2, 0.3).Assign(l).Values.FirstOrDefault() ?? "none").CountBy(v => v).ToDictionary();

        Assert.InRange(drawn["control"], 3_800, 4_200);
        Assert.InRange(drawn["quick"], 5_800, 6_200);
        Assert.InRange(drawn["none"], 9_800, 10_200);
    }

    [Fact]
    public void Assign_TwoExperiments_AreIndependent()
    {
        var desk = new ExperimentDesk(new Dictionary<string, ExperimentOptions> { ["one"] = Options(0.5, 0.5), ["two"] = Options(0.5, 0.5) });

        var both = Learners(20_000).Select(l => desk.Assign(l)).CountBy(a => (a["one"], a["two"])).ToDictionary();

        Assert.Equal(4, both.Count);
        Assert.All(both.Values, c => Assert.InRange(c, 4_800, 5_200));
    }

    [Fact]
    public void Assign_NobodyInParticularOrOff_GetsNothing()
    {
        Assert.Empty(Desk(0.5, 0.5).Assign(null));
        var off = Options(0.5, 0.5);
        off.Enabled = false;
        Assert.Empty(new ExperimentDesk(new Dictionary<string, ExperimentOptions> { ["pace"] = off }).Assign("ana"));
    }

    [Fact]
    public void Apply_Variant_IsLaidOverWhatTheClientAsks()
    {
        var options = Options(0.001, 0.999);
        var quick = options.Variants["quick"];
        (quick.Patience, quick.Reply, quick.Grammar, quick.Speculation) = (Patience.Quick, "large", false, false);
        var desk = new ExperimentDesk(new Dictionary<string, ExperimentOptions> { ["pace"] = options });

        var config = desk.Apply(new SessionStart("ana", new SessionConfig
        {
            Voice = "slt", Turn = new TurnConfig { Patience = Patience.Learner, BargeIn = false }, Feedback = new FeedbackConfig { Grammar = true, Pronunciation = true },
            Engines = new EngineNames { Tts = "flite" }, Consent = new ConsentConfig { CloudAudio = false },
        }))!;

        Assert.Equal((Patience.Quick, false, "slt"), (config.Turn!.Patience, config.Turn.BargeIn, config.Voice));
        Assert.Equal(("large", "flite", false, true, false), (config.Engines!.Reply, config.Engines.Tts, config.Feedback!.Grammar, config.Feedback.Pronunciation, config.Consent!.CloudAudio));
        Assert.False(desk.Speculation("ana"));
        Assert.Null(desk.Speculation(null));
        Assert.Null(desk.Apply(new SessionStart()));
    }

    internal static ExperimentOptions Options(double control, double quick) => new() { Variants = { ["control"] = new() { Share = control }, ["quick"] = new() { Share = quick } } };

    private static ExperimentDesk Desk(double control, double quick) => new(new Dictionary<string, ExperimentOptions> { ["pace"] = Options(control, quick) });

    private static IEnumerable<string> Learners(int count) => Enumerable.Range(0, count).Select(i => $"learner-{i}");
}
