using System.Diagnostics;

namespace Parley.Server.Tests.Hosting;

/// <summary>Runs a program to its end.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    /// <inheritdoc cref="RunAsync(string, string, string[], Dictionary{string, string}, TimeSpan)"/>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, string folder, params string[] arguments) =>
        RunAsync(program, folder, arguments, environment: null, s_longest);

    /// <exception cref="TimeoutException">It did not end; it was killed.</exception>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string program, string folder, string[] arguments, Dictionary<string, string>? environment, TimeSpan longest)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? []) { start.Environment[name] = value; }
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(longest);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {longest}.");
        }
    }
}
