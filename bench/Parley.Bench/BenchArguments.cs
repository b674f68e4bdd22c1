using Parley.Bench.Benchmarks;

namespace Parley.Bench;

/// <summary>What the command line asks for: <c>Parley.Bench NAME [--json] [--output FILE] [--turns N] [--recordings N] [--sessions N] [--conversations N] [--rounds N] [--minutes N]</c>.</summary>
/// <param name="Benchmark">Which benchmark.</param>
/// <param name="Json">Print one JSON object on standard output and nothing else there.</param>
/// <param name="Turns">Turns of the long part of a benchmark; its other parts scale with it.</param>
/// <param name="Recordings">Learners' recordings that are heard.</param>
/// <param name="Sessions">Sessions whose server is killed, or that talk at a time; null: as many as the benchmark thinks right.</param>
/// <param name="Conversations">Random conversations on the virtual clock.</param>
/// <param name="Rounds">How often each gateway, or fault, has its turn.</param>
/// <param name="Minutes">How long conversations go on that shall go on for long.</param>
/// <param name="OutputFile">Where the JSON goes as well, if anywhere.</param>
internal sealed record BenchArguments(
    IBenchmark Benchmark, bool Json, int Turns, int Recordings, int? Sessions, int Conversations, int Rounds, int Minutes, string? OutputFile)
{
    private const int DefaultTurns = 200, DefaultRecordings = 200, DefaultConversations = 10_000, DefaultRounds = 6, DefaultMinutes = 30, Max = 100_000;

    public static string Usage(IReadOnlyList<IBenchmark> benchmarks) => $"""
        Usage: Parley.Bench {string.Join('|', benchmarks.Select(b => b.Name))} [OPTIONS]

        {string.Join(Environment.NewLine, benchmarks.Select(b => $"{b.Name,-12} {b.Summary}"))}

          --json          Print one JSON object and nothing else.
          --output FILE   Write the JSON there as well.
          --turns N       turn, realtime: how many turns the long part has ({DefaultTurns}); failover: a fifth of all turns; learning: a fourth of its turns is had with feedback; streaming: a sixteenth.
          --recordings N  recognition, endpoint, learning: how many learners' recordings are heard ({DefaultRecordings}).
          --sessions N    resume: how many sessions have their server killed (100); soak: how many talk at a time (200); faults: how many talk beside those that misbehave (40); telemetry: how many talk (50).
          --conversations N  barge-in: how many random conversations are held ({DefaultConversations}).
          --rounds N      gateway, faults, telemetry: how often each gateway, fault or server has its turn ({DefaultRounds}).
          --minutes N     soak: how long its conversations go on ({DefaultMinutes}).
        """;

    /// <summary>Null, with <paramref name="fault"/> in words, if the command line is wrong.</summary>
    public static BenchArguments? Parse(string[] args, IReadOnlyList<IBenchmark> benchmarks, out string fault)
    {
        fault = Usage(benchmarks);
        if (args.Length == 0 || benchmarks.FirstOrDefault(b => b.Name == args[0]) is not { } benchmark) { return null; }
        var parsed = new BenchArguments(benchmark, false, DefaultTurns, DefaultRecordings, null, DefaultConversations, DefaultRounds, DefaultMinutes, null);
        for (var i = 1; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--json":
                    parsed = parsed with { Json = true };
                    break;
                case "--turns" when int.TryParse(value, out var turns) && turns is > 0 and <= Max:
                    parsed = parsed with { Turns = turns };
                    i++;
                    break;
                case "--recordings" when int.TryParse(value, out var recordings) && recordings is > 0 and <= Max:
                    parsed = parsed with { Recordings = recordings };
                    i++;
                    break;
                case "--sessions" when int.TryParse(value, out var sessions) && sessions is > 0 and <= Max:
                    parsed = parsed with { Sessions = sessions };
                    i++;
                    break;
                case "--conversations" when int.TryParse(value, out var conversations) && conversations is > 0 and <= Max:
                    parsed = parsed with { Conversations = conversations };
                    i++;
                    break;
                case "--rounds" when int.TryParse(value, out var rounds) && rounds is > 0 and <= Max:
                    parsed = parsed with { Rounds = rounds };
                    i++;
                    break;
                case "--minutes" when int.TryParse(value, out var minutes) && minutes is > 0 and <= Max:
                    parsed = parsed with { Minutes = minutes };
                    i++;
                    break;
                case "--output" when value is not null:
                    parsed = parsed with { OutputFile = value };
                    i++;
                    break;
                default:
                    fault = $"{args[i]} {value}: not an option, or a wrong value.{Environment.NewLine}{fault}";
                    return null;
            }
        }
        return parsed;
    }
}
