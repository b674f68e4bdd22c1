using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Diagnostics;

namespace Parley.OpenAICompatible.Http;

/// <summary>Takes from a refusal what its caller needs to put the request right, without keys.</summary>
internal static partial class UpstreamRefusal
{
    private const int LongestMessage = 1_000, LongestField = 128, LeastOfKey = 6;
    private const string Mask = "***";

    /// <summary>Headers that are no secrets and whose values may stand in a message.</summary>
    private static readonly HashSet<string> s_plain = new(StringComparer.OrdinalIgnoreCase) { "Accept", "User-Agent", "Host", Resilience.IdempotencyKey.Header };

    /// <summary>What the server said; null where the status does not blame the request, or nothing was said.</summary>
    public static Refusal? Of(HttpResponseMessage response, JsonElement? error)
    {
        if (response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity)
            || error is not { } said) { return null; }
        var message = said.ValueKind == JsonValueKind.String ? said.GetString() : Text(said, "message");
        var refusal = new Refusal(message is null ? null : Clean(message, SecretsOf(response.RequestMessage)), Field(said, "code"), Field(said, "param"));
        return refusal is { Message: null, Code: null, Param: null } ? null : refusal;
    }

    /// <summary>The message without keys: none that looks like one, and no piece of what the server was sent in its headers.</summary>
    internal static string Clean(string message, IReadOnlyCollection<string> secrets)
    {
        var text = message.Length > LongestMessage ? message[..LongestMessage] + "…" : message;
        text = Key().Replace(Control().Replace(text, " "), Mask);
        // Servers quote keys shortened, too.
        return Token().Replace(text, token => secrets.Any(s => s.Contains(token.Value, StringComparison.Ordinal)) ? Mask : token.Value);
    }

    private static string[] SecretsOf(HttpRequestMessage? request) => request is null ? []
        : [.. request.Headers.Where(h => !s_plain.Contains(h.Key)).SelectMany(h => h.Value).Where(v => v.Length >= LeastOfKey)];

    private static string? Field(JsonElement error, string key) => Text(error, key) is { Length: > 0 and <= LongestField } text && FieldName().IsMatch(text) && !Key().IsMatch(text) ? text : null;

    private static string? Text(JsonElement error, string key) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"(?i:\bBearer\s+\S+)|\b(?:sk|pk|rk|gsk|xai|hf|key|api)[-_][\w*.…-]{4,}|\bAIza[\w*-]{6,}|\beyJ[\w.-]{10,}")]
    private static partial Regex Key();

    [GeneratedRegex(@"[\w-]{6,}")]
    private static partial Regex Token();

    [GeneratedRegex(@"\p{Cc}+")]
    private static partial Regex Control();

    [GeneratedRegex(@"^[\w.\[\]-]+$")]
    private static partial Regex FieldName();
}
