using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Parley.Testing;

namespace Parley.Server.Tests.Hosting;

/// <summary>The command <c>parley serve</c> as a process of its own, on a free port, with the engines that are installed.</summary>
/// <param name="environment">Settings.</param>
internal sealed class ServeProcess(params (string Name, string Value)[] environment) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("parley-serve-").FullName;
    private readonly StringBuilder _log = new();
    private Process? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>What it has written to standard error.</summary>
    public string Log { get { lock (_log) { return _log.ToString(); } } }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="key">What it asks for; null: nothing.</param>
    public async Task StartAsync(string? key = null)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_DATA_HOME"] = _folder;
        foreach (var (name, value) in environment) { start.Environment[name] = value; }
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "parley.dll"), "serve", "--urls", Address.AbsoluteUri]) { start.ArgumentList.Add(argument); }
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, e) => { lock (_log) { if (e.Data is { } line) { _log.Append(line).Append('\n'); } } };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient();
        if (key is not null) { http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key); }
        var answers = false;
        await Eventually.TrueAsync(
            () =>
            {
                if (_process.HasExited) { throw new InvalidOperationException($"The server ended: {Log}"); }
                if (!answers) { _ = AskAsync(); }
                return answers;
            },
            () => $"The server does not answer: {Log}", s_patience);

        async Task AskAsync()
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "/health"));
                answers |= answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
    }

    /// <summary>Ends it as a supervisor does.</summary>
    /// <returns>All that it wrote to standard error.</returns>
    public async Task<string> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"])) { await kill.WaitForExitAsync(); }
        using var limit = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(limit.Token);
        return Log;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false }) { _process.Kill(entireProcessTree: true); }
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
