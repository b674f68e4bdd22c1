using System.Diagnostics;
using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using Parley.Bench.Reporting;
using Parley.Learning.Learners;
using Parley.Learning.Memory;
using Parley.Sqlite.Learners;

namespace Parley.Bench.Benchmarks;

/// <summary>How long it takes to find the ten nearest of a hundred thousand memories of one learner, and how many of them are the right ones.</summary>
/// <remarks>The vectors point in random directions: nothing is harder to tell apart, for all are almost equally far from a thought.</remarks>
internal static class RecallSpeed
{
    private const int Memories = 100_000, Dimensions = 384, Thoughts = 200, Wanted = 10, Batch = 2_000, Seed = 5;
    private const string Learner = "li";

    public static async Task<JsonObject> MeasureAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("parley-recall").FullName;
        try
        {
            await using var database = LearnerDatabase.Open(new LearnerStoreOptions { Path = Path.Combine(folder, "learners.db") }, TimeProvider.System);
            var memory = new SqliteVectorMemory(database, new VectorSpace("random", Dimensions), TimeProvider.System);
            var random = new Random(Seed);
            var vectors = Enumerable.Range(0, Memories).Select(_ => Direction(random)).ToArray();
            for (var at = 0; at < Memories; at += Batch)
            {
                await memory.AddAsync(Learner, [.. Enumerable.Range(at, Batch).Select(i => new Remembered($"{i}", RememberedKind.Talk, "", DateTimeOffset.UnixEpoch, vectors[i]))], cancellationToken);
                BenchReport.Progress($"recall: {at + Batch} of {Memories} memories");
            }
            var thoughts = Enumerable.Range(0, Thoughts).Select(_ => Direction(random)).ToArray();
            await memory.RecallAsync(Learner, thoughts[0], Wanted, cancellationToken);

            var (times, right) = (new List<double>(), 0);
            foreach (var thought in thoughts)
            {
                var began = Stopwatch.GetTimestamp();
                var found = await memory.RecallAsync(Learner, thought, Wanted, cancellationToken);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                right += found.Select(f => f.Memory.Id).Intersect(Nearest(vectors, thought)).Count();
            }
            return new JsonObject
            {
                ["p50_ms"] = Percentiles.Of(times, 50),
                ["p95_ms"] = Percentiles.Of(times, 95),
                ["recall_at_10"] = Math.Round(right / (double)(Thoughts * Wanted), 4),
                ["memories"] = Memories,
                ["dimensions"] = Dimensions,
                ["load_average_1m"] = Machine.LoadAverage,
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Nearest(float[][] vectors, float[] thought) => Enumerable.Range(0, vectors.Length)
        .OrderByDescending(i => TensorPrimitives.Dot<float>(vectors[i], thought)).Take(Wanted).Select(i => $"{i}");

    /// <summary>A vector of length 1.</summary>
    private static float[] Direction(Random random)
    {
        var vector = new float[Dimensions];
        // Normal in each dimension (Box and Muller 1958), so that no direction is likelier than another.
        for (var i = 0; i < Dimensions; i++) { vector[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())); }
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
