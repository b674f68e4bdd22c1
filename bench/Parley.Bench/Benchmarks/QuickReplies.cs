using Parley.Bench.Load.Gateways;
using Parley.Bench.Load.Http;
using Parley.Bench.Load.Models;
using Parley.Bench.Reporting;

namespace Parley.Bench.Benchmarks;

/// <summary>What a client waits for the first words of an answer, with a small model that opens it and without.</summary>
internal static class QuickReplies
{
    /// <summary>The small model says its opener after 120 ms, the large one begins after 850 ms.</summary>
    public static readonly ModelBehaviour Small = new(120, 1, 0, Opens: true), Large = new(850, 20, 10);

    // The first answers are compiled while they run.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1), s_spread = TimeSpan.FromMilliseconds(850);

    /// <param name="parley">The server.</param>
    /// <param name="clients">At a time.</param>
    /// <param name="duration">Of each way.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Both ways' first contents, in milliseconds.</returns>
    public static async Task<(LoadSample Quick, LoadSample Direct)> MeasureAsync(
        ParleyGateway parley, int clients, TimeSpan duration, CancellationToken cancellationToken)
    {
        var samples = new List<LoadSample>();
        foreach (var way in (Gateway[])[parley.Quick, parley.Unopened])
        {
            using var loop = new ClosedLoop(way.Address, clients);
            var request = way.Request(Large, true);
            // An answer with an opener has more pieces, and how many is the server's business.
            await loop.RunAsync(request, 0, s_warmUp, TimeSpan.Zero, cancellationToken);
            samples.Add(await loop.RunAsync(request, 0, duration, s_spread, cancellationToken));
            BenchReport.Progress($"gateway: {way.Name}, first content after {Percentiles.Of(samples[^1].FirstContent, 50)} ms, {samples[^1].Errors} errors {samples[^1].FirstError}");
        }
        return (samples[0], samples[1]);
    }
}
