using System.Globalization;
using Parley.LoadTest.Faults;

namespace Parley.LoadTest;

/// <summary>What the command line asks for.</summary>
internal sealed record LoadArguments
{
    public const string Usage = """
        Usage: Parley.LoadTest --server ws://HOST:PORT [OPTIONS]

        Holds conversations with a Parley server, or frames with an echo, at the pace of real time, and prints what the clients saw as one JSON object.

          --sessions N      conversations at a time (100)
          --seconds N       how long is measured, once all are there (30)
          --warm-up N       seconds before that (5)
          --scenario FILE   how people behave; see LoadScenario.cs for the fields
          --speech FOLDER   WAV files of speech; without, a tone is spoken
          --key KEY         shown to a server that asks for one
          --echo            the server sends each frame back, and that is all
          --fault FAULT     all of them do something wrong: NotReading, HalfOpen, TooFast, Silent, Connects
        """;

    public required Uri Server { get; init; }

    public int Sessions { get; init; } = 100;

    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(5);

    public string? Scenario { get; init; }

    public string? Speech { get; init; }

    public string? Key { get; init; }

    public bool Echo { get; init; }

    public Fault Fault { get; init; }

    /// <summary>Null, with <paramref name="fault"/> in words, if the command line is wrong.</summary>
    public static LoadArguments? Parse(string[] args, out string fault)
    {
        fault = Usage;
        LoadArguments? parsed = null;
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var takesValue = args[i] != "--echo";
            var before = parsed ?? new LoadArguments { Server = new Uri("ws://127.0.0.1:8710") };
            var next = args[i] switch
            {
                "--server" when Uri.TryCreate(value, UriKind.Absolute, out var server) && server.Scheme is "ws" or "wss" => before with { Server = new Uri(value) },
                "--sessions" when Number(value) is { } number => before with { Sessions = number },
                "--seconds" when Number(value) is { } number => before with { Length = TimeSpan.FromSeconds(number) },
                "--warm-up" when Number(value) is { } number => before with { WarmUp = TimeSpan.FromSeconds(number) },
                "--scenario" when File.Exists(value) => before with { Scenario = value },
                "--speech" when Directory.Exists(value) => before with { Speech = value },
                "--key" when value.Length > 0 => before with { Key = value },
                "--fault" when Enum.TryParse<Fault>(value, out var wrong) && Enum.IsDefined(wrong) => before with { Fault = wrong },
                "--echo" => before with { Echo = true },
                _ => null,
            };
            if (next is null)
            {
                fault = $"{args[i]} {value}: not an option, or a wrong value.{Environment.NewLine}{Usage}";
                return null;
            }
            (parsed, i) = (next, takesValue ? i + 1 : i);
        }
        return parsed;
    }

    private static int? Number(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 100_000 ? number : null;
}
