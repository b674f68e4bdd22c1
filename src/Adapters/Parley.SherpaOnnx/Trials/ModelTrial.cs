using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Parley.SherpaOnnx.Models;

namespace Parley.SherpaOnnx.Trials;

/// <summary>Tries a model in a process of its own before this one loads it.</summary>
/// <remarks>
/// The library ends the process when a model displeases it, by exit() or by a C++ exception that nobody catches; what it will dislike cannot all be
/// foreseen. A trial that was passed is remembered as long as the files stay as they are. Thread-safe.
/// </remarks>
internal static partial class ModelTrial
{
    private const int KeptLines = 40;

    /// <summary>Tries the model unless it has passed before.</summary>
    /// <exception cref="ModelException">It did not pass; the message says why as far as the library told.</exception>
    public static void Require(SherpaModel model, SherpaOptions options)
    {
        if (!options.Trial || TrialMemory.HasPassed(model, options)) { return; }
        var (passed, why) = Run(TrialRequest.For(model, options).ToJson(), options.TrialTimeout);
        if (!passed) { throw new ModelException($"{model.Folder} is a {model.Kind} by its files, but it cannot be used: {why}"); }
        TrialMemory.Remember(model, options);
    }

    private static (bool Passed, string Why) Run(string request, TimeSpan timeout)
    {
        try
        {
            using var process = Process.Start(Command()) ?? throw new Win32Exception("it did not start");
            var lines = new Queue<string>();
            process.ErrorDataReceived += (_, line) =>
            {
                if (line.Data is not { Length: > 0 } text) { return; }
                lock (lines)
                {
                    lines.Enqueue(text);
                    if (lines.Count > KeptLines) { lines.Dequeue(); }
                }
            };
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(request);
            process.StandardInput.Close();
            if (!process.WaitForExit(timeout))
            {
                process.Kill(entireProcessTree: true);
                return (false, $"it was not loaded within {timeout.TotalSeconds:0} s (TrialTimeout).");
            }
            process.WaitForExit(); // for the last lines
            var passed = process.ExitCode == 0 && output.GetAwaiter().GetResult().Trim() == TrialRun.Passed;
            lock (lines) { return (passed, passed ? "" : Explain(lines, process.ExitCode)); }
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return (false, $"the process that should try it could not be started ({e.Message}). Set Trial to false to load it untried.");
        }
    }

    // The program beside this assembly, by the .NET host that runs this process, else by the one on the path.
    private static ProcessStartInfo Command()
    {
        var program = typeof(ModelTrial).Assembly.Location;
        if (program.Length == 0) { throw new InvalidOperationException("it is a file beside the program, and this program is a single file"); }
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath!
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        return new ProcessStartInfo(host, [program])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
    }

    /// <summary>The last thing the library said, without the place in its sources.</summary>
    internal static string Explain(IEnumerable<string> lines, int exitCode)
    {
        var said = lines.Select(line => Place().Replace(line, "").Trim()).Where(line => line.Length > 0 && !Noise().IsMatch(line)).ToList();
        var last = said.LastOrDefault(line => line.Contains("what():", StringComparison.Ordinal)) ?? said.LastOrDefault();
        return last is null ? $"the library ended the process with code {exitCode}." : $"the library says \"{What().Replace(last, "")}\".";
    }

    [GeneratedRegex(@"^\S+\.(?:cc|h|cpp):\S*?:\d+\s*")]
    private static partial Regex Place();

    [GeneratedRegex(@"^\s*what\(\):\s*")]
    private static partial Regex What();

    [GeneratedRegex("^terminate called|^Aborted|^Segmentation fault")]
    private static partial Regex Noise();
}
