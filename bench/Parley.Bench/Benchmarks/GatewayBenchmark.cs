using System.Text.Json.Nodes;
using Parley.Bench.Load.Gateways;
using Parley.Bench.Load.Http;
using Parley.Bench.Load.Models;

namespace Parley.Bench.Benchmarks;

/// <summary>The chat gateway under load: what it adds to calling a model straight, how many answers a second it relays, and the same of others.</summary>
internal sealed class GatewayBenchmark : IBenchmark
{
    private const int QuickClients = 10;

    private static readonly TimeSpan s_quick = TimeSpan.FromSeconds(6), s_warmUp = TimeSpan.FromSeconds(5);

    public string Name => "gateway";

    public string Summary => "What the chat gateway adds to a model's answer, beside nginx, HAProxy and Portkey.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        using var models = await ModelProcess.StartAsync(cancellationToken);
        using var parley = await ParleyGateway.StartAsync(
            models, QuickReplies.Small,
            [QuickReplies.Large, GatewayComparison.Paced, GatewayComparison.PacedWhole, GatewayComparison.Fast, TokenAllocations.Short, TokenAllocations.Long], cancellationToken);
        using var bare = await BareRelay.StartAsync(models, cancellationToken);
        using var peers = await Peers.StartAsync(models, cancellationToken);
        foreach (var gateway in (Gateway[])[parley.Direct, bare]) { await WarmUpAsync(gateway, cancellationToken); }

        var (quick, direct) = await QuickReplies.MeasureAsync(parley, QuickClients, s_quick, cancellationToken);
        var (perToken, perRequest) = await TokenAllocations.MeasureAsync(parley, cancellationToken);
        var comparison = new GatewayComparison([Gateway.Direct(models), parley.Direct, bare, .. peers.Running]);
        var table = await comparison.RunAsync(arguments.Rounds, cancellationToken);
        return GatewayReport.Of(quick, direct, (perToken, perRequest), table, peers.Missing);
    }

    /// <summary>
    /// Long enough for the runtime to have compiled anew what is called often, as it has in a server that is up for a minute: both what runs when everything
    /// is there already, and what runs when everything has to be waited for.
    /// </summary>
    private static async Task WarmUpAsync(Gateway gateway, CancellationToken cancellationToken)
    {
        using var loop = new ClosedLoop(gateway.Address, GatewayComparison.InFlight);
        foreach (var model in (ModelBehaviour[])[GatewayComparison.Fast, GatewayComparison.Paced])
        {
            foreach (var isStreamed in (bool[])[true, false, true])
            {
                var sample = await loop.RunAsync(gateway.Request(model, isStreamed), 0, s_warmUp / 3, TimeSpan.Zero, cancellationToken);
                if (sample.FirstContent.Count == 0) { throw new IOException($"{gateway.Name} answers nothing: {sample.FirstError}"); }
            }
        }
    }
}
