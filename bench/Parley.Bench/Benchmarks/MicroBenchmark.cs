using System.Text.Json.Nodes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Parley.Bench.Micro;
using Parley.Bench.Reporting;

namespace Parley.Bench.Benchmarks;

/// <summary>What the parts of the hot path take and allocate, each alone, by BenchmarkDotNet.</summary>
internal sealed class MicroBenchmark : IBenchmark
{
    private const int Warmups = 5, Iterations = 10, IterationMs = 100;

    public string Name => "micro";

    public string Summary => "What the parts of the hot path take and allocate, each alone.";

    public Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken)
    {
        // In this process: a project of its own for each suite would take longer to build than to run.
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(Warmups).WithIterationCount(Iterations)
            .WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(IterationMs));
        var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableOptimizationsValidator).WithArtifactsPath(Path.Combine(Path.GetTempPath(), "parley-micro"));
        var report = new JsonObject();
        foreach (var suite in (Type[])[typeof(FrameSuite), typeof(MessageSuite)])
        {
            cancellationToken.ThrowIfCancellationRequested();
            BenchReport.Progress($"micro: {suite.Name}");
            foreach (var measured in BenchmarkRunner.Run(suite, config).Reports) { report[measured.BenchmarkCase.Descriptor.WorkloadMethod.Name] = Figures(measured); }
        }
        return Task.FromResult(report);
    }

    private static JsonObject Figures(BenchmarkReport measured)
    {
        var times = measured.ResultStatistics ?? throw new IOException($"{measured.BenchmarkCase.Descriptor.WorkloadMethod.Name} could not be measured.");
        return new JsonObject
        {
            ["median_ns"] = Math.Round(times.Median, 1),
            ["p95_ns"] = Math.Round(times.Percentiles.P95, 1),
            ["allocated_bytes"] = measured.GcStats.GetBytesAllocatedPerOperation(measured.BenchmarkCase),
        };
    }
}
