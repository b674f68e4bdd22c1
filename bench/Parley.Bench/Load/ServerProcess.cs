using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Parley.Server;

namespace Parley.Bench.Load;

/// <summary>The server as a process of its own, to be measured or killed. It runs this program's command <c>server</c>.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>What the command line of such a process begins with.</summary>
    public const string Command = "server";

    private const string Allocated = "allocated";

    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(60);

    private ServerProcess(LocalProcess process, int port) => (Process, Port) = (process, port);

    public LocalProcess Process { get; }

    public int Port { get; }

    /// <summary>Where its WebSockets are.</summary>
    public Uri Address => new($"ws://127.0.0.1:{Port}");

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="TimeoutException">It does not get ready.</exception>
    /// <exception cref="IOException">It ended.</exception>
    public static async Task<ServerProcess> StartAsync(int port, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var process = LocalProcess.StartSelf([Command, $"--urls=http://127.0.0.1:{port}", .. settings]);
        try
        {
            await process.WaitForPortAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            await WaitUntilReadyAsync(port, cancellationToken);
            return new ServerProcess(process, port);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Bytes of managed memory that it has allocated since its start, freed or not.</summary>
    public async Task<long> AllocatedBytesAsync(CancellationToken cancellationToken) =>
        long.Parse(await Process.AskAsync(Allocated, cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public Task KillAsync(CancellationToken cancellationToken) => Process.KillAsync(cancellationToken);

    public void Dispose() => Process.Dispose();

    /// <summary>What such a process does: it serves until its standard input ends, and answers there for its memory.</summary>
    public static async Task RunAsync(string[] settings)
    {
        // What a full machine does to conversations is measured, not kept from them.
        await using var server = ParleyServer.Build(["--Parley:Admission:Enabled=false", .. settings]);
        server.LoadEngines();
        await server.StartAsync();
        // Not one of the pool's threads: what is measured has them all.
        new Thread(() => Answer(server)) { IsBackground = true, Name = "questions" }.Start();
        await server.WaitForShutdownAsync();
    }

    private static void Answer(WebApplication server)
    {
        while (Console.In.ReadLine() is { } question)
        {
            if (question == Allocated) { Console.Out.WriteLine(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture)); }
        }
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
    }

    private static async Task WaitUntilReadyAsync(int port, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var limit = new CancellationTokenSource(s_start);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            try
            {
                if ((await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), either.Token)).IsSuccessStatusCode) { return; }
            }
            catch (HttpRequestException)
            {
                // Not yet, or no more.
            }
            if (limit.IsCancellationRequested) { throw new TimeoutException("The server does not get ready."); }
            await Task.Delay(20, either.Token);
        }
    }
}
