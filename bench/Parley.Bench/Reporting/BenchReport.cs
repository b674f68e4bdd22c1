using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Bench.Reporting;

/// <summary>A report as JSON and as a table.</summary>
internal static class BenchReport
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ToTable(JsonObject report)
    {
        var table = new StringBuilder();
        foreach (var (part, values) in report)
        {
            table.AppendLine(part);
            foreach (var (name, value) in values!.AsObject()) { table.Append("  ").Append(name.PadRight(28)).AppendLine(value?.ToString()); }
        }
        return table.ToString().TrimEnd();
    }

    public static void Progress(string line) => Console.Error.WriteLine(line);
}
