using Parley.Diagnostics;
using Parley.Policy;
using Parley.Policy.Ranking;
using Parley.Resilience;

namespace Parley.Core.Tests.Policy.Ranking;

/// <summary>What holds for whatever engines, requests and measurements; from seeded random ones.</summary>
public sealed class EnginePolicyPropertyTests
{
    private const int Tries = 2_000;

    [Fact]
    public void Decide_Random_GatesAlwaysHold()
    {
        var random = new Random(1);
        for (var i = 0; i < Tries; i++)
        {
            var (request, options, engines) = Draw(random);
            var decision = Engines.Decide(request, options, engines);
            var known = engines.ToDictionary(e => e.Name);

            Assert.Equal(engines.Select(e => e.Name).Order(), decision.Engines.Select(e => e.Name).Order());
            Assert.All(decision.Engines.Where(e => e.MayServe), e => Assert.True(
                known[e.Name].Engine.Attributes.Local || request.Consent == CloudConsent.Any, $"{e.Name} would hear without consent."));
            var chain = decision.Engines.Where(e => e.MayServe).ToList();
            if (chain.Count == 0) { continue; }
            var broken = known[chain[0].Name].IsBroken;
            if (chain[0].Name == request.Asked) { continue; }
            // Who failed a gate serves only where everybody did; a broken engine that is configured waits at the head of the chain.
            if (broken && chain[0].Standing == Standing.Configured) { Assert.Single(chain[0].Gates); }
            else if (chain.Any(e => e.Gates.Count == 0)) { Assert.Empty(chain[0].Gates); }
            else if (broken) { Assert.All(chain, e => Assert.True(known[e.Name].IsBroken)); }
        }
    }

    [Fact]
    public void Decide_SameArguments_SameDecisionInWhateverOrder()
    {
        var random = new Random(2);
        for (var i = 0; i < Tries; i++)
        {
            var (request, options, engines) = Draw(random);
            var first = Engines.Decide(request, options, engines);
            random.Shuffle(engines);
            var second = Engines.Decide(request, options, engines);

            Assert.Equal((first.Chosen, first.Why), (second.Chosen, second.Why));
            Assert.Equal(first.Engines.Select(e => (e.Name, e.Score)), second.Engines.Select(e => (e.Name, e.Score)));
        }
    }

    [Fact]
    public void Decide_AnEngineGetsBetter_NeverLosesItsPlace()
    {
        var random = new Random(3);
        for (var i = 0; i < Tries; i++)
        {
            var (request, options, engines) = Draw(random);
            var at = random.Next(engines.Length);
            var before = Place(Engines.Decide(request, options, engines), engines[at].Name);
            var (better, what) = Improve(engines[at], random);
            engines[at] = better;

            Assert.True(Place(Engines.Decide(request, options, engines), better.Name) <= before, $"{what} improved, and the engine fell behind.");
        }

        static int Place(PolicyDecision decision, string name) => decision.Engines.Select(e => e.Name).ToList().IndexOf(name);
    }

    [Theory]
    [InlineData(0.02, 0)]
    [InlineData(0.5, 1)]
    public void Choose_MeasurementsAreNoisy_ChangesHandsNoMoreOftenThanTheDwell(double noise, int perDwell)
    {
        var random = new Random(4);
        var options = new PolicyOptions();
        Incumbency? state = null;
        var (changes, minutes, leader) = (0, 60, "");
        for (var second = 0; second < 60 * minutes; second++)
        {
            var engines = new[] { "a", "b", "c" }.Select(name => Engines.Engine(name, readings: Engines.Measured(500 * Math.Exp(noise * (2 * random.NextDouble() - 1))))).ToArray();
            (var decision, state) = EnginePolicy.Decide(Engines.Hearing(), engines, options, options.Weights, state, TimeSpan.FromSeconds(second));
            if (leader.Length > 0 && leader != decision.Chosen) { changes++; }
            leader = decision.Chosen;
        }

        Assert.InRange(changes, 0, perDwell * minutes * 60 / (int)options.Dwell.TotalSeconds);
    }

    [Fact]
    public void Choose_AnotherIsReallyBetter_TakesOverAfterTheDwellAndOnce()
    {
        var options = new PolicyOptions();
        Incumbency? state = new("old");
        var chosen = new List<string>();
        for (var second = 0; second <= 60; second++)
        {
            (var decision, state) = EnginePolicy.Decide(
                Engines.Hearing(), [Engines.Engine("old", accuracy: 0.2), Engines.Engine("new", accuracy: 0.9)], options, options.Weights, state, TimeSpan.FromSeconds(second));
            chosen.Add(decision.Chosen);
        }

        Assert.Equal(30, chosen.IndexOf("new"));
        Assert.All(chosen.Skip(30), name => Assert.Equal("new", name));
    }

    private static (PolicyRequest Request, PolicyOptions Options, PolicyCandidate[] Engines) Draw(Random random)
    {
        var engines = Enumerable.Range(0, random.Next(1, 6)).Select(i => Draw(random, $"engine-{i}")).ToArray();
        var options = new PolicyOptions
        {
            Mode = (PolicyMode)random.Next(4),
            Weights = new PolicyWeights { Latency = random.NextDouble(), Cost = random.NextDouble(), Accuracy = random.NextDouble(), Load = random.NextDouble(), Privacy = random.NextDouble(), Preference = random.NextDouble() },
        };
        if (random.Next(4) == 0) { options.Canary[engines[0].Name] = random.NextDouble(); }
        var request = new PolicyRequest(VoiceStage.Asr)
        {
            Consent = random.Next(2) == 0 ? CloudConsent.None : CloudConsent.Any,
            Language = random.Next(3) == 0 ? "fr-FR" : "en-US",
            Level = random.Next(3) == 0 ? "B1" : null,
            Asked = random.Next(5) == 0 ? engines[random.Next(engines.Length)].Name : null,
            Configured = random.Next(5) == 0 ? engines[random.Next(engines.Length)].Name : null,
            Subject = random.Next(2) == 0 ? $"learner-{random.Next(100)}" : null,
        };
        return (request, options, engines);
    }

    private static PolicyCandidate Draw(Random random, string name) => Engines.Engine(
        name, local: random.Next(2) == 0, priority: random.Next(3), cost: 5 * random.NextDouble(), latencyMs: random.Next(4_000), accuracy: random.NextDouble(),
        privacy: random.Next(2) == 0 ? random.NextDouble() : null, capacity: random.Next(1, 20), language: random.Next(3) == 0 ? "en" : null, level: random.Next(4) == 0 ? "B1" : null,
        readings: random.Next(2) == 0 ? null : Engines.Measured(random.Next(1, 4_000), random.Next(1, 6_000), random.Next(1, 200), random.Next(20), random.NextDouble()))
        with { IsBroken = random.Next(6) == 0 };

    /// <summary>The same engine, better in one respect.</summary>
    private static (PolicyCandidate Better, string What) Improve(PolicyCandidate candidate, Random random)
    {
        var (known, read) = (candidate.Engine.Attributes, candidate.Engine.Readings);
        return random.Next(6) switch
        {
            0 => (With(latency: known.Latency / 2), "latency"),
            1 => (With(cost: known.Cost / 2), "cost"),
            2 => (With(accuracy: (1 + known.Accuracy) / 2), "accuracy"),
            3 => (With(privacy: (1 + (known.Privacy ?? (known.Local ? 1 : 0.3))) / 2), "privacy"),
            4 => (With(readings: read is { } r ? r with { InFlight = r.InFlight / 2, FailureRate = r.FailureRate / 2 } : null), "load"),
            _ => (With(readings: read is { } r ? r with { Ewma = r.Ewma / 2, P95 = r.P95 / 2 } : null), "measured latency"),
        };

        PolicyCandidate With(TimeSpan? latency = null, double? cost = null, double? accuracy = null, double? privacy = null, EngineReadings? readings = null)
        {
            var attributes = new EngineAttributes
            {
                Local = known.Local, Capacity = known.Capacity, Latency = latency ?? known.Latency, Cost = cost ?? known.Cost, Accuracy = accuracy ?? known.Accuracy,
                Privacy = privacy ?? known.Privacy,
            };
            foreach (var language in known.Languages) { attributes.Languages.Add(language); }
            foreach (var level in known.Levels) { attributes.Levels.Add(level); }
            return candidate with { Engine = candidate.Engine with { Attributes = attributes, Readings = readings ?? read } };
        }
    }
}
