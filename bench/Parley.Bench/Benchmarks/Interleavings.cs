using System.Diagnostics;
using System.Text.Json.Nodes;
using Parley.Bench.Reporting;
using Parley.Testing.Sessions;

namespace Parley.Bench.Benchmarks;

/// <summary>Random conversations on the virtual clock, each on one thread: in none may a packet of a cancelled reply leave, and all invariants hold.</summary>
internal static class Interleavings
{
    private const int ProgressEvery = 2_000, Shown = 20;

    public static JsonObject Measure(int conversations, CancellationToken cancellationToken)
    {
        var (gate, stale, done, broken, watch) = (new Lock(), 0, 0, new List<int>(), Stopwatch.StartNew());
        Parallel.For(1, conversations + 1, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            var (packets, fault) = Hold(seed);
            lock (gate)
            {
                stale += packets;
                if (fault is not null)
                {
                    broken.Add(seed);
                    BenchReport.Progress($"interleavings: seed {seed}: {fault}");
                }
                if (++done % ProgressEvery == 0) { BenchReport.Progress($"interleavings: {done} of {conversations}"); }
            }
        });
        return new JsonObject
        {
            ["interleavings"] = done,
            ["stale_packets"] = stale,
            ["broken_invariants"] = broken.Count,
            ["broken_seeds"] = string.Join(' ', broken.Order().Take(Shown)),
            ["ms_each"] = Math.Round(watch.Elapsed.TotalMilliseconds * Environment.ProcessorCount / done, 2),
        };
    }

    private static (int StalePackets, string? Fault) Hold(int seed)
    {
        try
        {
            var talk = RandomConversation.Run(seed);
            var stale = ConversationInvariants.StalePackets(talk);
            try
            {
                ConversationInvariants.Check(talk);
                return (stale, null);
            }
            catch (InvalidOperationException e)
            {
                return (stale, e.Message);
            }
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException)
        {
            return (0, e.Message);
        }
    }
}
