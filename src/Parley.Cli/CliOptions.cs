using System.CommandLine;

namespace Parley.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CliOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object on standard output and nothing else there." };
}
