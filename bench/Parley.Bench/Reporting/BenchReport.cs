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
            if (values is null or JsonValue)
            {
                table.Append(part.PadRight(30)).AppendLine(values?.ToString());
                continue;
            }
            table.AppendLine(part);
            if (values is JsonArray) { AppendCells(table, values); }
            foreach (var (name, value) in values as JsonObject ?? []) { AppendRow(table, name, value); }
        }
        return table.ToString().TrimEnd();
    }

    private static void AppendRow(StringBuilder table, string name, JsonNode? value)
    {
        table.Append("  ").Append(name.PadRight(28)).AppendLine(value is JsonArray or JsonObject ? "" : value?.ToString());
        AppendCells(table, value);
    }

    private static void AppendCells(StringBuilder table, JsonNode? value)
    {
        foreach (var row in value as JsonArray ?? (value is JsonObject alone ? [alone.DeepClone()] : []))
        {
            table.Append("    ").AppendJoin("  ", row!.AsObject().Select(cell => $"{cell.Key} {cell.Value}".PadRight(14))).AppendLine();
        }
    }

    public static void Progress(string line) => Console.Error.WriteLine(line);
}
