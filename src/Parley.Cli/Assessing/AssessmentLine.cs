using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Learning.Pronunciation;

namespace Parley.Cli.Assessing;

/// <summary>One recording's line in a file of assessments.</summary>
internal static class AssessmentLine
{
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string id, Assessment assessment)
    {
        var line = new JsonObject { ["id"] = id };
        foreach (var (key, value) in JsonSerializer.SerializeToNode(assessment, AssessmentJson.Default.Assessment)!.AsObject()) { line[key] = value?.DeepClone(); }
        return line.ToJsonString(s_options);
    }

    public static string OfError(string id, string message) => new JsonObject { ["id"] = id, ["error"] = message }.ToJsonString(s_options);
}
