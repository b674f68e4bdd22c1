using System.Globalization;
using System.Net;
using Parley.Bench;
using Parley.Bench.Benchmarks;
using Parley.Bench.Load;
using Parley.Bench.Load.Gateways;
using Parley.Bench.Load.Models;
using Parley.Bench.Reporting;
using Parley.Diagnostics;

IBenchmark[] benchmarks =
[
    new TurnBenchmark(), new RecognitionBenchmark(), new EndpointBenchmark(), new BargeInBenchmark(), new ResumeBenchmark(), new GatewayBenchmark(),
    new FailoverBenchmark(), new RealtimeBenchmark(), new LearningBenchmark(),
    new StreamingBenchmark(), new DensityBenchmark(), new VadBenchmark(), new SoakBenchmark(), new FaultsBenchmark(), new TelemetryBenchmark(), new MicroBenchmark(),
];

if (args is [ServerProcess.Command, .. var settings])
{
    await ServerProcess.RunAsync(settings);
    return 0;
}
if (args is [DensityServer.Command, var at, var folder, .. var collector])
{
    await DensityServer.RunAsync(int.Parse(at, CultureInfo.InvariantCulture), folder, collector is [var address] ? new Uri(address) : null);
    return 0;
}
if (args is [ModelProcess.Command])
{
    await ModelProcess.RunAsync();
    return 0;
}
if (args is [BareRelay.Command, var models, var port])
{
    await BareRelay.RunAsync(IPEndPoint.Parse(models), int.Parse(port, CultureInfo.InvariantCulture));
    return 0;
}
if (args is ["-h" or "--help"])
{
    Console.Out.WriteLine(BenchArguments.Usage(benchmarks));
    return 0;
}
if (BenchArguments.Parse(args, benchmarks, out var fault) is not { } arguments)
{
    Console.Error.WriteLine(fault);
    return 2;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
try
{
    var report = await arguments.Benchmark.RunAsync(arguments, stop.Token);
    report["machine"] = Machine.Describe();
    var json = report.ToJsonString(BenchReport.Indented);
    Console.Out.WriteLine(arguments.Json ? json : BenchReport.ToTable(report));
    if (arguments.OutputFile is { } file) { await File.WriteAllTextAsync(file, json + Environment.NewLine); }
    return 0;
}
catch (Exception e) when (e is VoiceException or IOException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
