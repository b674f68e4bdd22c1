using System.Text.Json.Nodes;
using Parley.Bench.Reporting;
using Parley.Testing.Sessions;

namespace Parley.Bench.Benchmarks;

/// <summary>Random Realtime conversations on the virtual clock, until so many responses were cancelled: nothing of one may follow the word that it is over.</summary>
internal static class RealtimeInterleavings
{
    private const int Interruptions = 1_000;

    public static JsonObject Measure(CancellationToken cancellationToken)
    {
        var (seed, interruptions, stale) = (0, 0, 0);
        var broken = new List<string>();
        for (; interruptions < Interruptions; seed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var talk = RandomRealtimeTalk.Hold(seed);
            interruptions += RealtimeInvariants.Interruptions(talk);
            stale += RealtimeInvariants.StaleEvents(talk);
            try
            {
                RealtimeInvariants.Check(talk);
            }
            catch (InvalidOperationException e)
            {
                broken.Add($"seed {seed}: {e.Message}");
            }
            if (seed % 100 == 99) { BenchReport.Progress($"interleaved: {interruptions} of {Interruptions} interruptions"); }
        }
        return new JsonObject
        {
            ["conversations"] = seed,
            ["interruptions"] = interruptions,
            ["stale_events"] = stale,
            ["broken_invariants"] = broken.Count,
            ["broken"] = string.Join("; ", broken),
        };
    }
}
