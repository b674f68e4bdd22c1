using System.Globalization;

namespace Parley.Bench.Load;

/// <summary>The server that many sessions are measured on, seen from outside: a process of its own, and the folder that it keeps them in.</summary>
internal sealed class DensityProcess : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-density-");
    private readonly LocalProcess _process;

    private DensityProcess(Uri? collector)
    {
        var port = LocalProcess.FreePort();
        Address = new Uri($"ws://127.0.0.1:{port}");
        _process = LocalProcess.StartSelf([DensityServer.Command, port.ToString(CultureInfo.InvariantCulture), _folder.FullName, .. collector is null ? (string[])[] : [collector.ToString()]]);
    }

    public Uri Address { get; }

    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <summary>Files and sockets that it has open.</summary>
    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    /// <summary>Memory that it really has, managed or not, in bytes.</summary>
    public long ResidentBytes => Environment.SystemPageSize
        * long.Parse(File.ReadAllText($"/proc/{_process.Id}/statm").Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>Starts it and waits until it serves.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="collector">Where it sends metrics and traces; null: it makes none.</param>
    /// <exception cref="IOException">It does not start.</exception>
    public static async Task<DensityProcess> StartAsync(CancellationToken cancellationToken, Uri? collector = null)
    {
        var server = new DensityProcess(collector);
        try
        {
            await server._process.AskAsync(null, cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Live managed memory, after a collection that stops its sessions for a moment, in bytes.</summary>
    public async Task<long> MemoryAsync(CancellationToken cancellationToken) =>
        long.Parse(await _process.AskAsync(DensityServer.Memory, cancellationToken), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
