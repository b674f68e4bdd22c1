using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Parley.Core.Tests.Structure;
using Parley.Testing;

namespace Parley.Server.Tests.Observability;

/// <summary>Debian's Prometheus on the configuration of <c>deploy</c>, with a server of this machine for its target and all periods short.</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-prometheus-").FullName;
    private readonly HttpClient _http;
    private Process? _process;

    private Prometheus() => _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{FreePort()}") };

    /// <summary>Where the configuration is.</summary>
    public static string Deploy { get; } = Path.Combine(SourceTree.Root, "deploy");

    /// <summary>Skips the test, with the reason, where a program is missing.</summary>
    public static void SkipWithout(string program) => Assert.SkipWhen(
        !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))),
        $"There is no {program} on the path; ./parley test fetches it (Debian's package prometheus).");

    public static async Task<Prometheus> StartAsync(Uri target)
    {
        var prometheus = new Prometheus();
        await prometheus.RunAsync(target);
        return prometheus;
    }

    /// <summary>What its API answers.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = JsonDocument.Parse(await _http.GetStringAsync(path));
        Assert.Equal("success", answer.RootElement.GetProperty("status").GetString());
        return answer.RootElement.GetProperty("data").Clone();
    }

    /// <summary>The results of a query.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueryAsync(string query) =>
        [.. (await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}")).GetProperty("result").EnumerateArray()];

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(Uri target)
    {
        var configuration = (await File.ReadAllTextAsync(Path.Combine(Deploy, "prometheus/prometheus.yml")))
            .Replace("127.0.0.1:8710", target.Authority, StringComparison.Ordinal).Replace("interval: 15s", "interval: 1s", StringComparison.Ordinal)
            .Replace("rules/*.yml", Path.Combine(Deploy, "prometheus/rules/*.yml"), StringComparison.Ordinal);
        var file = Path.Combine(_folder, "prometheus.yml");
        await File.WriteAllTextAsync(file, configuration);
        _process = Process.Start(new ProcessStartInfo(
            "prometheus", [$"--config.file={file}", $"--storage.tsdb.path={Path.Combine(_folder, "data")}", $"--web.listen-address={_http.BaseAddress!.Authority}", "--log.level=error"])
        {
            WorkingDirectory = _folder,
        })!;
        var isReady = false;
        await Eventually.TrueAsync(
            () =>
            {
                if (!isReady) { _ = AskAsync(); }
                return isReady;
            },
            () => "Prometheus does not answer.", s_patience);

        async Task AskAsync()
        {
            try
            {
                using var answer = await _http.GetAsync("/-/ready");
                isReady |= answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
