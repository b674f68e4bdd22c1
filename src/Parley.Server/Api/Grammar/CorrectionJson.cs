using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Learning.Grammar;

namespace Parley.Server.Api.Grammar;

/// <summary>A correction on the wire and on standard output.</summary>
public static class CorrectionJson
{
    private static readonly CorrectionContext s_json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The object, its keys in snake case, without line breaks.</summary>
    public static byte[] Write(Correction correction)
    {
        ArgumentNullException.ThrowIfNull(correction);
        return JsonSerializer.SerializeToUtf8Bytes(Body(correction), s_json.CorrectionBody);
    }

    private static CorrectionBody Body(Correction c) => new(
        c.Source, c.Corrected, [.. c.Edits.Select(e => new EditBody(
            e.Start, e.End, e.Original, e.Correction, e.Rule, e.Explain, e.Source == EditSource.Rule ? "rule" : "model", e.Type, e.Level, e.ExplainChinese))], c.IsDegraded);
}

internal sealed record CorrectionBody(string Source, string Corrected, IReadOnlyList<EditBody> Edits, bool Degraded);

internal sealed record EditBody(
    int Start, int End, string Original, string Correction, string Rule, string Explain, string Source, string Type, string Level, string ExplainZh);

[JsonSerializable(typeof(CorrectionBody))]
internal sealed partial class CorrectionContext : JsonSerializerContext;
