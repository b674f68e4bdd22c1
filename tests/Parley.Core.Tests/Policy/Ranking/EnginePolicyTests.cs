using Parley.Diagnostics;
using Parley.Policy;
using Parley.Policy.Ranking;
using Parley.Resilience;
using static Parley.Core.Tests.Policy.Ranking.Engines;

namespace Parley.Core.Tests.Policy.Ranking;

public sealed class EnginePolicyTests
{
    [Fact]
    public void Decide_NoConsent_RemoteRecogniserIsNotEvenAFallback()
    {
        var decision = Decide(Hearing(CloudConsent.None), new PolicyOptions(), Engine("house", accuracy: 0.1), Engine("cloud", local: false, accuracy: 1, priority: 9));

        Assert.Equal("house", decision.Chosen);
        Assert.Equal(["house"], decision.Engines.Where(e => e.MayServe).Select(e => e.Name));
        Assert.Equal(["it needs consent.cloud_audio"], decision.Engines[1].Gates);
    }

    [Theory]
    [InlineData(VoiceStage.Reply, false, "cloud")]
    [InlineData(VoiceStage.Reply, true, "house")]
    [InlineData(VoiceStage.Tts, false, "cloud")]
    public void Decide_TextWithoutConsent_GoesAwayUnlessTheOptionForbidsIt(VoiceStage stage, bool needsConsent, string chosen)
    {
        var options = new PolicyOptions { TextNeedsConsent = needsConsent };

        Assert.Equal(chosen, Decide(new PolicyRequest(stage), options, Engine("house"), Engine("cloud", local: false, priority: 9)).Chosen);
    }

    [Fact]
    public void Decide_NamedByACallerWithoutSession_NamingIsTheConsentForThatEngineAlone()
    {
        var request = new PolicyRequest(VoiceStage.Asr) { Asked = "cloud", Consent = CloudConsent.Named };

        var decision = Decide(request, new PolicyOptions(), Engine("house"), Engine("cloud", local: false), Engine("other", local: false));

        Assert.Equal(["cloud", "house"], decision.Engines.Where(e => e.MayServe).Select(e => e.Name));
    }

    [Theory]
    [InlineData(PolicyMode.Auto, "cloud")]
    [InlineData(PolicyMode.Local, "house")]
    [InlineData(PolicyMode.Cloud, "cloud")]
    [InlineData(PolicyMode.Hybrid, "house")]
    public void Decide_Mode_SaysWhereEnginesRun(PolicyMode mode, string chosen) =>
        Assert.Equal(chosen, Decide(Hearing(), new PolicyOptions { Mode = mode }, Engine("house"), Engine("cloud", local: false, accuracy: 1, priority: 9)).Chosen);

    [Fact]
    public void Decide_OverBudget_GoesLastAndSaysByHowMuch()
    {
        var options = new PolicyOptions { Budgets = new LatencyBudgets { Asr = TimeSpan.FromSeconds(1) } };

        var decision = Decide(Hearing(), options, Engine("slow", latencyMs: 4_000, accuracy: 1, priority: 9), Engine("quick", accuracy: 0.1));

        Assert.Equal(["quick", "slow"], decision.Engines.Select(e => e.Name));
        Assert.Equal(["it would take 4000 ms of 1000 allowed"], decision.Engines[1].Gates);
        Assert.Equal("slow", Decide(Hearing() with { RealTime = false }, options, Engine("slow", latencyMs: 4_000, accuracy: 1, priority: 9), Engine("quick")).Chosen);
    }

    [Theory]
    [InlineData("en", "en-GB", true)]
    [InlineData("en-US", "en-us", true)]
    [InlineData("en-US", "en-GB", false)]
    [InlineData("en-US", "en", true)]
    [InlineData("de", "den", false)]
    [InlineData(null, "zh-CN", true)]
    public void Decide_Language_IsServedByTagOrItsBegin(string? serves, string wanted, bool fits)
    {
        var decision = Decide(Hearing() with { Language = wanted }, new PolicyOptions(), Engine("one", language: serves, accuracy: 1), Engine("any", accuracy: 0));

        Assert.Equal(fits ? "one" : "any", decision.Chosen);
    }

    [Fact]
    public void Decide_Level_IsAGate() => Assert.Equal("easy", Decide(
        Hearing() with { Level = "A1" }, new PolicyOptions(), Engine("hard", level: "C1", accuracy: 1), Engine("easy", level: "A1", accuracy: 0)).Chosen);

    [Fact]
    public void Decide_EveryEngineIsGated_TakesALocalOneAndSaysSo()
    {
        var decision = Decide(
            Hearing() with { Language = "fr-FR" }, new PolicyOptions(), Engine("cloud", local: false, language: "en", accuracy: 1, priority: 9), Engine("house", language: "en"));

        Assert.Equal(("house", "best available, though it does not serve fr-FR"), (decision.Chosen, decision.Why));
    }

    [Fact]
    public void Decide_BreakerOpen_GoesLast()
    {
        var decision = Decide(Hearing(), new PolicyOptions(), Engine("broken", accuracy: 1, priority: 9) with { IsBroken = true }, Engine("gated", language: "fr"), Engine("well"));

        Assert.Equal(["well", "gated", "broken"], decision.Engines.Select(e => e.Name));
    }

    [Fact]
    public void Decide_BreakerOpenOfTheNamed_StaysAtTheHeadSoThatTheChainComesBackToIt()
    {
        var request = Hearing() with { Configured = "named" };

        var decision = Decide(request, new PolicyOptions(), Engine("named") with { IsBroken = true }, Engine("well", accuracy: 1));

        Assert.Equal(("named", "configured, though it has failed too often just now"), Chosen(decision));
    }

    [Fact]
    public void Decide_BreakerOpenOfTheBest_IsAFallback() => Assert.Equal(
        ("second", "fallback: best: it has failed too often just now"),
        Chosen(Decide(Hearing(), new PolicyOptions(), Engine("best", priority: 9) with { IsBroken = true }, Engine("second"))));

    [Fact]
    public void Decide_Configured_GoesFirstUnlessAGateStops()
    {
        var (house, cloud) = (Engine("house", priority: 9, accuracy: 1), Engine("cloud", local: false));
        var request = Hearing() with { Configured = "cloud" };

        Assert.Equal(("cloud", "configured"), Chosen(Decide(request, new PolicyOptions { Mode = PolicyMode.Local }, house, cloud)));
        Assert.Equal(
            ("house", "cloud was passed over: it needs consent.cloud_audio; best available"),
            Chosen(Decide(request with { Consent = CloudConsent.None }, new PolicyOptions(), house, cloud)));
    }

    [Fact]
    public void Decide_Previous_ServesTheResumedSessionOn() => Assert.Equal(
        ("before", "kept: it served this session before"),
        Chosen(Decide(Hearing() with { Previous = "before" }, new PolicyOptions(), Engine("better", accuracy: 1, priority: 9), Engine("before"))));

    [Fact]
    public void Decide_ChosenByScore_SaysByWhatAndHowFar() => Assert.Equal(
        "best available: 0.05 ahead of slow by accuracy and latency",
        Decide(Hearing(), new PolicyOptions(), Engine("good", latencyMs: 300, accuracy: 0.7), Engine("slow", latencyMs: 500, accuracy: 0.5)).Why);

    [Fact]
    public void TippingPoint_OfTheSecond_MakesItWin()
    {
        var (options, engines) = (new PolicyOptions(), new[] { Engine("first", latencyMs: 400, accuracy: 0.6), Engine("second", latencyMs: 500, accuracy: 0.55, cost: 0.1) });
        var points = TippingPoint.Of(Decide(Hearing(), options, engines), options, name => engines.Single(e => e.Name == name).Engine.Attributes.Cost);

        Assert.Equal(["latency_ms", "accuracy"], points.Select(p => p.Figure));
        var latency = (int)points[0].Wanted - 1;
        Assert.Equal("second", Decide(Hearing(), options, engines[0], Engine("second", latencyMs: latency, accuracy: 0.55, cost: 0.1)).Chosen);
        Assert.Equal("first", Decide(Hearing(), options, engines[0], Engine("second", latencyMs: latency + 10, accuracy: 0.55, cost: 0.1)).Chosen);
        Assert.Equal("second", Decide(Hearing(), options, engines[0], Engine("second", latencyMs: 500, accuracy: points[1].Wanted + 0.001, cost: 0.1)).Chosen);
    }

    [Fact]
    public void ExpectedLatency_FewCalls_LeansOnThePrior()
    {
        Assert.Equal(300, Expected(null));
        Assert.Equal(300 + (1_200 - 300) / 2.0, Expected(Measured(1_000, 1_400, calls: 8)), 1);
        Assert.Equal(1_200, Expected(Measured(1_000, 1_400, calls: 100_000)), 0);

        static double Expected(EngineReadings? readings) => EngineScorer.ExpectedLatency(Engine("any", readings: readings).Engine).TotalMilliseconds;
    }

    private static (string Name, string Why) Chosen(PolicyDecision decision) => (decision.Chosen, decision.Why);
}
