using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.Bench.Load;

/// <summary>
/// A program that a benchmark starts, watches and ends. Its standard input stays open for as long as it may run, so that one of this program's own
/// processes notices when it is left alone.
/// </summary>
internal sealed class LocalProcess : IDisposable
{
    private const int KeptOutput = 4096;

    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(60), s_answer = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private LocalProcess(Process process)
    {
        _process = process;
        // A full pipe would stop it; what it said last explains why it ended.
        _process.ErrorDataReceived += (_, e) =>
        {
            lock (_errors)
            {
                if (_errors.Length < KeptOutput) { _errors.Append(e.Data).Append(' '); }
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts a program whose standard output is read by <see cref="AskAsync"/> alone, so it must say little there.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static LocalProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) { start.Environment[name] = value; }
        try { return new LocalProcess(Process.Start(start)!); }
        catch (System.ComponentModel.Win32Exception e) { throw new IOException($"{program} cannot be started: {e.Message}", e); }
    }

    /// <summary>Starts this program with another command line.</summary>
    public static LocalProcess StartSelf(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var program = Environment.ProcessPath!;
        string[] self = program.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(LocalProcess).Assembly.Location] : [];
        return Start(program, [.. self, .. arguments], environment);
    }

    /// <summary>A port that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Id => _process.Id;

    /// <summary>Processor time so far, that of its children included.</summary>
    public TimeSpan ProcessorTime => TimeOf(_process.Id);

    /// <summary>Sends a line, unless it is null, and reads one.</summary>
    /// <exception cref="IOException">It ended, or said nothing in time.</exception>
    public async Task<string> AskAsync(string? line, CancellationToken cancellationToken)
    {
        if (line is not null) { await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancellationToken); }
        await _process.StandardInput.FlushAsync(cancellationToken);
        try { return await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(s_answer, cancellationToken) ?? throw Ended(); }
        catch (TimeoutException e) { throw new IOException("A process of the benchmark says nothing.", e); }
    }

    /// <summary>Waits until it listens.</summary>
    /// <exception cref="IOException">It ended, or does not get ready.</exception>
    public async Task WaitForPortAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < s_start)
        {
            if (_process.HasExited) { throw Ended(); }
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(address, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
            await Task.Delay(20, cancellationToken);
        }
        throw new IOException($"{_process.StartInfo.FileName} does not listen.");
    }

    /// <summary>Kills it as <c>kill -9</c> does.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Kills it with its children.</summary>
    public void Dispose()
    {
        if (!_process.HasExited) { _process.Kill(entireProcessTree: true); }
        _process.WaitForExit(TimeSpan.FromSeconds(10));
        _process.Dispose();
    }

    private IOException Ended()
    {
        _process.WaitForExit(TimeSpan.FromSeconds(1));
        lock (_errors) { return new IOException($"{_process.StartInfo.FileName} ended: {_errors.ToString().Trim()}"); }
    }

    private static TimeSpan TimeOf(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            var children = File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return children.Aggregate(process.TotalProcessorTime, (sum, child) => sum + TimeOf(int.Parse(child, CultureInfo.InvariantCulture)));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException)
        {
            // It ended between two looks.
            return TimeSpan.Zero;
        }
    }
}
