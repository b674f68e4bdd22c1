using Parley.Bench.Load.Models;
using Parley.Bench.Reporting;

namespace Parley.Bench.Load.Gateways;

/// <summary>The programs that Parley is measured beside, as far as they are installed.</summary>
internal sealed class Peers : IDisposable
{
    private const string Remedy = "./parley bench gateway brings it where apt-get and npm work.";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-bench-");
    private readonly List<Gateway> _running = [];
    private readonly Dictionary<string, string> _missing = [];

    private Peers() { }

    public static IReadOnlyList<string> Names { get; } = ["nginx", "haproxy", "portkey"];

    public IReadOnlyList<Gateway> Running => _running;

    /// <summary>Why those are not there that are not.</summary>
    public IReadOnlyDictionary<string, string> Missing => _missing;

    public static async Task<Peers> StartAsync(ModelProcess models, CancellationToken cancellationToken)
    {
        var peers = new Peers();
        try
        {
            await peers.StartAsync("nginx", () => Proxies.StartNginxAsync(peers._folder.FullName, models, cancellationToken));
            await peers.StartAsync("haproxy", () => Proxies.StartHaproxyAsync(peers._folder.FullName, models, cancellationToken));
            await peers.StartAsync("portkey", () => Portkey.StartAsync(models, cancellationToken));
            return peers;
        }
        catch
        {
            peers.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var peer in _running) { peer.Dispose(); }
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(string name, Func<Task<Gateway>> start)
    {
        try
        {
            _running.Add(await start());
        }
        catch (IOException e)
        {
            _missing[name] = $"{e.Message} {Remedy}";
            BenchReport.Progress($"gateway: no {name}: {_missing[name]}");
        }
    }
}
