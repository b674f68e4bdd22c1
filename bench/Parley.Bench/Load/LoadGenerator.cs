using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Parley.Bench.Load;

/// <summary>Runs <c>Parley.LoadTest</c>, a program of its own, and gives what it saw.</summary>
internal sealed class LoadGenerator(Uri server, string? speech)
{
    /// <summary>Built beside this program.</summary>
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Parley.LoadTest", "release", "Parley.LoadTest.dll");

    /// <summary>Runs it.</summary>
    /// <param name="sessions">Clients at a time.</param>
    /// <param name="length">How long is measured.</param>
    /// <param name="isEcho">Against the echo.</param>
    /// <param name="during">Done at the begin and at the end of the measured time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="fault">What all of its clients do wrong, by the name that it has there; null: nothing.</param>
    /// <exception cref="IOException">It failed; the message says what it said.</exception>
    public async Task<JsonObject> RunAsync(int sessions, TimeSpan length, bool isEcho, Action during, CancellationToken cancellationToken, string? fault = null)
    {
        string[] arguments =
        [
            s_program, "--server", server.ToString(), "--sessions", Text(sessions), "--seconds", Text((int)length.TotalSeconds),
            .. isEcho ? (string[])["--echo"] : [], .. speech is null ? (string[])[] : ["--speech", speech],
            .. fault is null ? (string[])[] : ["--fault", fault],
        ];
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new IOException("The load generator does not start.");
        try
        {
            var said = new List<string>();
            while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line is "measuring" or "measured") { during(); } else { said.Add(line); }
            }
            var report = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 && JsonNode.Parse(report) is JsonObject seen ? seen : throw new IOException($"The load generator failed: {string.Join(' ', said)}");
        }
        finally
        {
            if (!process.HasExited) { process.Kill(entireProcessTree: true); }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
