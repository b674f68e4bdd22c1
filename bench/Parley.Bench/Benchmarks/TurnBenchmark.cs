using System.Text.Json.Nodes;

namespace Parley.Bench.Benchmarks;

/// <summary>
/// How long a turn takes and what of it is the server's own: with simulated engines, with those that every installation has, with
/// and without speculation, with twenty sessions at once, and what a session costs in memory.
/// </summary>
internal sealed class TurnBenchmark : IBenchmark
{
    public string Name => "turn";

    public string Summary => "Where a turn's time goes: simulated engines, the embedded ones, twenty sessions at once, and their memory.";

    public async Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken) => new()
    {
        // Memory first: the other parts leave a heap behind. Then what may lack an engine, before minutes are spent.
        ["sessions"] = await IdleSessions.MeasureAsync(cancellationToken),
        ["embedded"] = await EmbeddedTurns.MeasureAsync(Math.Max(1, arguments.Turns / 8), cancellationToken),
        ["speculation"] = await SpeculationGain.MeasureAsync(Math.Max(1, arguments.Turns / 8), cancellationToken),
        ["simulated"] = await SimulatedTurns.MeasureAsync(arguments.Turns, cancellationToken),
        ["sessions20"] = await ConcurrentSessions.MeasureAsync(Math.Max(1, arguments.Turns / 12), cancellationToken),
    };
}
