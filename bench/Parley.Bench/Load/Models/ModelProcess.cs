using System.Globalization;
using System.Net;

namespace Parley.Bench.Load.Models;

/// <summary>The simulated models as a process of their own. It runs this program's command <c>models</c>.</summary>
internal sealed class ModelProcess : IDisposable
{
    /// <summary>What the command line of such a process begins with.</summary>
    public const string Command = "models";

    // Its loops never block, so they may run where the socket's readiness is noticed: a switch of threads less for each request.
    private static readonly Dictionary<string, string> s_environment = new() { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" };

    private ModelProcess(LocalProcess process, IPEndPoint address) => (Process, Address) = (process, address);

    public LocalProcess Process { get; }

    public IPEndPoint Address { get; }

    /// <summary>Where a model of that behaviour is, as an engine's base address.</summary>
    public Uri BaseUrl(ModelBehaviour behaviour) => new($"http://{Address}{behaviour.BasePath}");

    /// <exception cref="IOException">It does not start.</exception>
    public static async Task<ModelProcess> StartAsync(CancellationToken cancellationToken)
    {
        var process = LocalProcess.StartSelf([Command], s_environment);
        try
        {
            var port = int.Parse(await process.AskAsync(null, cancellationToken), CultureInfo.InvariantCulture);
            return new ModelProcess(process, new IPEndPoint(IPAddress.Loopback, port));
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>What such a process does: it says its port and serves until its standard input ends.</summary>
    public static async Task RunAsync()
    {
        using var models = new SimulatedModels();
        using var stop = new CancellationTokenSource();
        var serving = models.RunAsync(stop.Token);
        Console.Out.WriteLine(models.Address.Port.ToString(CultureInfo.InvariantCulture));
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        await serving;
    }

    public void Dispose() => Process.Dispose();
}
