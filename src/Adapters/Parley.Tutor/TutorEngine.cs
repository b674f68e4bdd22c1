using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Tutor.Dialogue;
using Parley.Tutor.Scripting;

namespace Parley.Tutor;

/// <summary>Offers the tutor to the composition root.</summary>
public static class TutorEngine
{
    public const string Name = "tutor";

    /// <summary>The registration. It needs nothing but its own files, so it is the fallback of every other reply engine.</summary>
    public static EngineRegistration<IChatClient> Registration(TutorOptions? options = null, TimeProvider? time = null)
    {
        // Its scenarios are read once: those that it speaks by do not change either.
        var status = new Lazy<EngineStatus>(() => Probe(options));
        return new(Name, () => status.Value, () => new TutorChatClient(options, time))
        {
            // It answers at once (0.8 ms, measured), in English, and only what its scenarios foresee.
            Attributes = new EngineAttributes { Latency = TimeSpan.FromMilliseconds(1), Accuracy = 0.4, Capacity = 1_000, Languages = { "en" } },
        };
    }

    /// <summary>What the tutor says to every learner, whatever they say: lines without anything of theirs in them.</summary>
    /// <exception cref="VoiceException">A scenario of the options' folder is not sound.</exception>
    public static IEnumerable<string> FixedLines(TutorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var scenarios = new ScenarioLibrary(options.ScenarioFolder).All.ToArray();
        return scenarios.SelectMany(s => s.Opening)
            .Concat(scenarios.SelectMany(s => s.Nodes.Values).SelectMany(n => n.Say.Append(n.Simple ?? "").Append(n.Hint ?? "").Concat(n.Answers.SelectMany(a => a.Reply))))
            .Concat(StockLines.All).Where(line => line.Length > 0 && !line.Contains('{')).Distinct();
    }

    private static EngineStatus Probe(TutorOptions? options)
    {
        try
        {
            var count = new ScenarioLibrary(options?.ScenarioFolder).All.Count();
            return new EngineStatus(VoiceStage.Reply, Name, true, "", $"{count} scripted scenarios, no language model.");
        }
        catch (VoiceException problem)
        {
            return new EngineStatus(VoiceStage.Reply, Name, false, "", problem.Message, "Correct the scenario file or unset the scenario folder.");
        }
    }
}
