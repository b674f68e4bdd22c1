using System.Diagnostics;

namespace Parley.Server.Tests.Cli;

/// <summary>What a run of the command <c>parley</c> gave.</summary>
internal sealed record ParleyResult(int ExitCode, string Output, string Errors)
{
    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs the command <c>parley</c> as a process of its own, in a directory of its own.</summary>
internal sealed class ParleyProcess : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("parley-cli-").FullName;

    /// <summary>Writes a file into the directory.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(Directory, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <exception cref="TimeoutException">It did not end; it was killed.</exception>
    public async Task<ParleyResult> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = Directory, RedirectStandardOutput = true, RedirectStandardError = true };
        // Nothing of a test goes into the home of whoever runs it.
        start.Environment["XDG_DATA_HOME"] = Directory;
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "parley.dll"), .. arguments]) { start.ArgumentList.Add(argument); }
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(s_longest);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return new ParleyResult(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"parley {string.Join(' ', arguments)} did not end within {s_longest}.");
        }
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
