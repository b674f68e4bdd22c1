using Parley.Bench.Load.Gateways;
using Parley.Bench.Load.Http;
using Parley.Bench.Load.Models;
using Parley.Bench.Reporting;

namespace Parley.Bench.Benchmarks;

/// <summary>
/// The same requests on every way to the models, a second or two on each in turn, over and over, so that what else the machine does falls on all of them alike.
/// </summary>
/// <param name="ways">The straight way, with which the others are compared, among them.</param>
internal sealed class GatewayComparison(IReadOnlyList<Gateway> ways)
{
    /// <summary>Requests in flight.</summary>
    public const int InFlight = 50;

    /// <summary>
    /// One keeps the pace of a real model, so that fifty requests in flight leave processors idle: latency is measured. The other takes no time, so that
    /// everything is as busy as it can be: answers are counted. An answer in one piece is there with its first token: a gateway that asks for a stream and puts
    /// it together has nothing to wait for then.
    /// </summary>
    public static readonly ModelBehaviour Paced = new(150, 8, 5), PacedWhole = Paced with { GapMs = 0 }, Fast = new(0, 8, 0);

    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1.2);

    /// <param name="rounds">How often each way has its turn; one more comes before, which warms up.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<GatewayTable> RunAsync(int rounds, CancellationToken cancellationToken) => new(
        await RunAsync("streamed", true, Paced, rounds, cancellationToken),
        await RunAsync("whole", false, PacedWhole, rounds, cancellationToken),
        await RunAsync("streamed, as many as can be", true, Fast, rounds, cancellationToken),
        await RunAsync("whole, as many as can be", false, Fast, rounds, cancellationToken));

    private async Task<Dictionary<string, GatewayFigures>> RunAsync(
        string kind, bool isStreamed, ModelBehaviour model, int rounds, CancellationToken cancellationToken)
    {
        var runs = ways.Where(w => w.Streams || !isStreamed).Select(w => new GatewayFigures(w)).ToArray();
        var loops = runs.Select(r => new ClosedLoop(r.Way.Address, InFlight)).ToArray();
        // Over the time of an answer: evenly, for as long as the model keeps its pace.
        var spread = TimeSpan.FromMilliseconds(model.FirstTokenMs + model.GapMs * (model.Tokens - 1));
        try
        {
            for (var round = 0; round <= rounds; round++)
            {
                foreach (var (run, loop) in runs.Zip(loops))
                {
                    var before = run.Way.Process?.ProcessorTime;
                    var sample = await loop.RunAsync(
                        run.Way.Request(model, isStreamed), isStreamed ? model.Tokens : 1, s_round, spread, cancellationToken);
                    if (round > 0) { run.Add(sample, run.Way.Process?.ProcessorTime - before); }
                }
            }
            BenchReport.Progress($"gateway, {kind}: {string.Join("; ", runs.Select(r => r.ToString()))}");
            return runs.ToDictionary(r => r.Way.Name);
        }
        finally
        {
            foreach (var loop in loops) { loop.Dispose(); }
        }
    }
}
