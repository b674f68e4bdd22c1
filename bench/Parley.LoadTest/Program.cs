using System.Net.WebSockets;
using System.Text.Json;
using Parley.LoadTest;

if (args is ["-h" or "--help"])
{
    Console.Out.WriteLine(LoadArguments.Usage);
    return 0;
}
if (LoadArguments.Parse(args, out var fault) is not { } arguments)
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
    var report = await LoadRun.RunAsync(arguments, LoadScenario.Read(arguments.Scenario), stop.Token);
    Console.Out.WriteLine(report.ToJsonString(new JsonSerializerOptions { WriteIndented = false }));
    return 0;
}
catch (Exception e) when (e is WebSocketException or InvalidDataException or IOException or OperationCanceledException)
{
    Console.Error.WriteLine(e.Message);
    return e is InvalidDataException ? 2 : 1;
}
