using Microsoft.Extensions.AI;
using Parley.Policy;
using Parley.Resilience;
using Parley.Resilience.Chains;
using Parley.Testing.Simulated;
using Parley.Time;

namespace Parley.Core.Tests.Resilience;

/// <summary>A chain of simulated language models, "first", "second" …, on the virtual clock.</summary>
internal sealed class ChatChain
{
    private static readonly string[] s_names = ["first", "second", "third"];

    public ChatChain(int engines = 2, Action<ResilienceOptions>? options = null, bool inSession = true)
    {
        options?.Invoke(Options);
        Chains = new EngineChains(Options, Scheduler.Clock);
        Models = [.. Enumerable.Range(0, engines).Select(i => new SimulatedChatClient(Scheduler.Clock) { Texts = [$"Answer of {s_names[i]} model."] })];
        Telemetry = [.. Models.Select(_ => new EngineTelemetry())];
        var handles = Models.Select((m, i) => new EngineHandle<IChatClient>(s_names[i], m, new EngineAttributes { Latency = TimeSpan.Zero }, Telemetry[i])).ToList();
        Client = Chains.Chat(handles, inSession ? new SessionHealth { Changed = Changes.Add } : null);
    }

    public DeterministicScheduler Scheduler { get; } = new();

    public ResilienceOptions Options { get; } = new();

    public EngineChains Chains { get; }

    public IReadOnlyList<SimulatedChatClient> Models { get; }

    public IReadOnlyList<EngineTelemetry> Telemetry { get; }

    public List<EngineChange> Changes { get; } = [];

    public IChatClient Client { get; }

    /// <summary>Asks and returns what came, and how long it took.</summary>
    public (string Text, TimeSpan Took) Ask()
    {
        var began = Scheduler.Clock.Elapsed;
        var asked = Scheduler.Start(() => AskAsync(CancellationToken.None));
        return (Scheduler.Run(asked, TimeSpan.FromMinutes(10)), Scheduler.Clock.Elapsed - began);
    }

    public async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        var text = "";
        await foreach (var update in Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hello?")], null, cancellationToken)) { text += update.Text; }
        return text;
    }
}
