using System.CommandLine;
using Parley.Cli.Simulation;
using Parley.Diagnostics;
using Parley.Policy;
using Parley.Policy.Ranking;
using Parley.Server.Configuration;
using Parley.Transports.Protocol;

namespace Parley.Cli.Commands;

/// <summary><c>parley policy explain</c>: which engines a session would get, why, and what would change that.</summary>
internal static class PolicyCommand
{
    private const string Example = "example";

    /// <summary>What this build brings; with nothing else there is little to decide between.</summary>
    private static readonly string[] s_embedded = ["silero", "energy", "pocketsphinx", "tutor", "flite", "espeak-ng"];

    private static readonly VoiceStage[] s_stages = [VoiceStage.Asr, VoiceStage.Reply, VoiceStage.Tts];

    public static Command Create() => new("policy", "How engines are chosen.") { CreateExplain() };

    private static Command CreateExplain()
    {
        var stage = new Option<VoiceStage?>("--stage") { Description = "vad, asr, reply or tts; the last three without." };
        var mode = new Option<PolicyMode?>("--mode") { Description = "auto, local, cloud or hybrid; the configured one without." };
        var language = new Option<string?>("--language") { Description = "BCP 47; en-US without.", DefaultValueFactory = _ => "en-US" };
        var level = new Option<CefrLevel?>("--level") { Description = "A1 to C2." };
        var consent = new Option<bool>("--consent") { Description = "The user consents that audio is sent elsewhere." };
        var budget = new Option<int?>("--budget-ms") { Description = "The latency budget of every stage; the configured ones without." };
        var learner = new Option<string?>("--learner") { Description = "A learner's id: shows the canary whose lot they draw." };
        var ask = new Option<string?>("--engine") { Description = "The engine that the session asks for by name." };
        var simulate = new Option<string?>("--simulate") { Description = $"A JSON file of engines in place of the configured ones, or '{Example}'." };
        var json = CliOptions.Json();
        var command = new Command("explain", "Print the decision table for the configured engines, or for simulated ones.")
        {
            stage, mode, language, level, consent, budget, learner, ask, simulate, json,
        };
        command.SetAction(parsed =>
        {
            var options = Options(parsed.GetValue(mode), parsed.GetValue(budget));
            var requests = (parsed.GetValue(stage) is { } one ? [one] : s_stages).Select(s => new PolicyRequest(s)
            {
                Asked = parsed.GetValue(ask), Language = parsed.GetValue(language), Level = parsed.GetValue(level)?.ToString(), Subject = parsed.GetValue(learner),
                Consent = parsed.GetValue(consent) ? CloudConsent.Any : CloudConsent.None,
            });
            var (source, engines) = Engines(parsed.GetValue(simulate));
            var explained = requests.Select(r => Explain(source, r, engines.GetValueOrDefault(r.Stage) ?? [], options)).ToList();
            if (explained.All(e => e.Decision.Engines.Count == 0)) { throw new UsageException("There is no engine for what was asked."); }
            if (parsed.GetValue(json)) { CliJson.Print(new { Decisions = explained }); }
            else { foreach (var e in explained) { DecisionTable.Print(Console.Out, e.Source, e.Decision, e.WouldWin); } }
            return ExitCodes.Done;
        });
        return command;
    }

    private static PolicyOptions Options(PolicyMode? mode, int? budgetMs)
    {
        var options = ParleyConfiguration.FromEnvironment().Policy();
        options.Mode = mode ?? options.Mode;
        if (budgetMs is { } ms)
        {
            if (ms is < 10 or > 60_000) { throw new UsageException("--budget-ms must be 10 to 60000."); }
            var budget = TimeSpan.FromMilliseconds(ms);
            options.Budgets = new LatencyBudgets { Asr = budget, Reply = budget, Tts = budget };
        }
        return options;
    }

    private static (string Source, IReadOnlyDictionary<VoiceStage, IReadOnlyList<PolicyCandidate>> Engines) Engines(string? simulate)
    {
        if (simulate == Example) { return (Example, SimulationFile.Example); }
        if (simulate is not null) { return (Path.GetFileName(simulate), SimulationFile.Read(simulate)); }
        using var catalog = CliEngines.Load();
        var configured = s_stages.Append(VoiceStage.Vad).ToDictionary(s => s, catalog.Candidates);
        if (configured.Values.SelectMany(c => c).Any(c => c.Problem is null && !s_embedded.Contains(c.Name))) { return ("configured", configured); }
        Console.Error.WriteLine("parley: nothing is configured beside the embedded engines, so this is an example; --simulate FILE takes engines of your own.");
        return (Example, SimulationFile.Example);
    }

    private static Explanation Explain(string source, PolicyRequest request, IReadOnlyList<PolicyCandidate> candidates, PolicyOptions options)
    {
        var asked = request with { Asked = candidates.Any(c => c.Name == request.Asked) ? request.Asked : null };
        var (decision, _) = EnginePolicy.Decide(asked, candidates, options, options.Weights, state: null, TimeSpan.Zero);
        return new Explanation(source, decision, TippingPoint.Of(decision, options, name => candidates.First(c => c.Name == name).Engine.Attributes.Cost));
    }

    private sealed record Explanation(string Source, PolicyDecision Decision, IReadOnlyList<TippingPoint> WouldWin);
}
