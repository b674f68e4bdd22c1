using System.Text.Json.Nodes;

namespace Parley.Bench.Benchmarks;

/// <summary>One benchmark: a file of its own and a place in the list in <c>Program.cs</c>.</summary>
internal interface IBenchmark
{
    /// <summary>As the command line calls it.</summary>
    string Name { get; }

    /// <summary>What it measures, in one line.</summary>
    string Summary { get; }

    /// <summary>Measures; progress goes to standard error.</summary>
    /// <returns>One object for each part, numbers in it.</returns>
    /// <exception cref="Diagnostics.VoiceException">An engine is missing; the message says what to install.</exception>
    /// <exception cref="IOException">Data or a program is missing, or cannot be read.</exception>
    Task<JsonObject> RunAsync(BenchArguments arguments, CancellationToken cancellationToken);
}
