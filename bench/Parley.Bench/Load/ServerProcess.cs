using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Parley.Bench.Load;

/// <summary>The server as a process of its own, to be killed. It runs this program's command <c>server</c>.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>What the command line of such a process begins with.</summary>
    public const string Command = "server";

    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="TimeoutException">It does not get ready.</exception>
    public static async Task<ServerProcess> StartAsync(int port, IReadOnlyList<string> settings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] self = Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(ServerProcess).Assembly.Location] : [];
        foreach (var argument in (string[])[.. self, Command, $"--urls=http://127.0.0.1:{port}", .. settings]) { start.ArgumentList.Add(argument); }
        var process = Process.Start(start)!;
        // Its log is of no interest, but a full pipe would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await WaitUntilReadyAsync(process, port, cancellationToken);
        return new ServerProcess(process, new Uri($"ws://127.0.0.1:{port}"));
    }

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited) { _process.Kill(); }
        _process.Dispose();
    }

    private static async Task WaitUntilReadyAsync(Process process, int port, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var limit = new CancellationTokenSource(s_start);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        while (true)
        {
            if (process.HasExited) { throw new InvalidOperationException($"The server ended with code {process.ExitCode}."); }
            try
            {
                if ((await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), either.Token)).IsSuccessStatusCode) { return; }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            if (limit.IsCancellationRequested) { throw new TimeoutException("The server does not get ready."); }
            await Task.Delay(20, either.Token);
        }
    }
}
