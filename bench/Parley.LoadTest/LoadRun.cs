using System.Text.Json.Nodes;
using Parley.LoadTest.Faults;
using Parley.LoadTest.Measuring;
using Parley.LoadTest.Sessions;
using Parley.LoadTest.Speech;

namespace Parley.LoadTest;

/// <summary>Connects so many clients, lets them talk, and measures for a while.</summary>
internal static class LoadRun
{
    public static async Task<JsonObject> RunAsync(LoadArguments arguments, LoadScenario scenario, CancellationToken cancellationToken)
    {
        var speech = arguments.Speech is { } folder ? Utterances.Read(folder) : Utterances.Tone();
        var figures = new LoadFigures();
        var clients = new List<ILoadClient>();
        using var clock = new FrameClock(figures);
        clock.Start();
        try
        {
            for (var i = 0; i < arguments.Sessions; i++)
            {
                ILoadClient client = arguments switch
                {
                    { Echo: true } => new EchoClient(arguments.Server, figures),
                    { Fault: not Fault.None } => new FaultyClient(arguments.Server, arguments.Fault, speech, figures),
                    _ => new LoadSession(arguments.Server, arguments.Key, speech, scenario, i, figures),
                };
                clients.Add(client);
                await client.ConnectAsync(cancellationToken);
                clock.Add(client);
                if (arguments.Fault != Fault.Connects) { await Task.Delay(TimeSpan.FromSeconds(1.0 / scenario.ConnectsPerSecond), cancellationToken); }
            }
            await Task.Delay(arguments.WarmUp, cancellationToken);
            var before = Environment.CpuUsage.TotalTime;
            figures.IsMeasuring = true;
            Console.Error.WriteLine("measuring");
            await Task.Delay(arguments.Length, cancellationToken);
            figures.IsMeasuring = false;
            Console.Error.WriteLine("measured");
            var report = figures.ToJson();
            report["sessions"] = arguments.Sessions;
            report["seconds"] = arguments.Length.TotalSeconds;
            report["client_cpu_s"] = Math.Round((Environment.CpuUsage.TotalTime - before).TotalSeconds, 2);
            return report;
        }
        finally
        {
            clock.Stop();
            foreach (var client in clients) { await client.DisposeAsync(); }
        }
    }
}
