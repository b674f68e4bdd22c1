using Microsoft.Extensions.AI;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Tutor.Scripting;

namespace Parley.Tutor;

/// <summary>Offers the tutor to the composition root.</summary>
public static class TutorEngine
{
    public const string Name = "tutor";

    /// <summary>The registration. It needs nothing but its own files, so it is the fallback of every other reply engine.</summary>
    public static EngineRegistration<IChatClient> Registration(TutorOptions? options = null, TimeProvider? time = null) =>
        new(Name, () => Probe(options), () => new TutorChatClient(options, time))
        {
            // It answers at once (0.8 ms, measured), in English, and only what its scenarios foresee.
            Attributes = new EngineAttributes { Latency = TimeSpan.FromMilliseconds(1), Accuracy = 0.4, Capacity = 1_000, Languages = { "en" } },
        };

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
