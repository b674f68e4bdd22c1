using System.Globalization;
using System.Net;
using System.Text.Json;
using Parley.Diagnostics;
using Parley.Resilience;

namespace Parley.OpenAICompatible.Http;

/// <summary>
/// Turns an upstream's failures into <see cref="VoiceException"/>s. Of an error object their messages repeat only type and code: the server's words may
/// quote the prompt, so they go into the <see cref="VoiceException.Refusal"/>, which nobody gets but the caller.
/// </summary>
internal static class UpstreamErrors
{
    /// <summary>In <see cref="Exception.Data"/>, <see cref="int"/>: the HTTP status.</summary>
    public const string Status = "parley.http_status";

    private const int LongestCode = 64;

    private static readonly string[] s_transient =
        ["server_error", "rate_limit", "overloaded", "timeout", "unavailable", "429", "500", "502", "503", "504"];

    private static readonly string[] s_quota = ["quota", "rate_limit", "insufficient", "billing", "throttl", "429"];

    public static VoiceException FromStatus(VoiceStage stage, HttpResponseMessage response, JsonElement? error, TimeProvider time)
    {
        var status = (int)response.StatusCode;
        var isTransient = status is 408 or 409 or 425 or 429 or >= 500 && response.StatusCode != HttpStatusCode.NotImplemented;
        var problem = new VoiceException(stage, $"The server answered HTTP {status}{Named(error)}.", isTransient)
        {
            Class = ClassOf(status, error), Refusal = UpstreamRefusal.Of(response, error),
        };
        problem.Data[Status] = status;
        if (RetryAfterOf(response, time) is { } wait) { problem.Data[FailureRules.RetryAfterKey] = wait; }
        return problem;
    }

    /// <summary>An error object inside an answer that began as a success.</summary>
    public static VoiceException FromBody(VoiceStage stage, JsonElement error) =>
        new(stage, $"The server reported an error in its answer{Named(error)}.", IsTransient(error)) { Class = ClassOf(200, error) };

    public static VoiceException Unreachable(VoiceStage stage, Exception inner) =>
        new(stage, "The server cannot be reached, or it broke the connection off.", isTransient: true, inner) { Class = FailureClass.Network };

    /// <summary>It can be reached, but no conversation comes about: a certificate that is not trusted, a version that it does not speak.</summary>
    public static VoiceException Unusable(VoiceStage stage, Exception inner) => new(
        stage, "No connection to the server comes about: it is not trusted (TLS), or it does not speak the version of HTTP that is set.", inner: inner);

    public static VoiceException EndedEarly(VoiceStage stage, Exception? inner = null) =>
        new(stage, "The server's answer ended before it was complete.", isTransient: true, inner) { Class = FailureClass.Network };

    public static VoiceException Stalled(VoiceStage stage, string what, TimeSpan limit, Exception inner) => new(
        stage, string.Create(CultureInfo.InvariantCulture, $"The server sent no {what} within {limit.TotalSeconds:0.###} seconds."), isTransient: true, inner)
    {
        Class = FailureClass.Network,
    };

    // No inner exception: a JSON parser's message can quote what it read.
    public static VoiceException Unintelligible(VoiceStage stage) => new(stage, "The server sent something that is not an answer of this protocol.");

    // A refusal by status 404 or 401 is this server's alone: it lacks the model, or the key is not its own. Another engine may do.
    private static FailureClass ClassOf(int status, JsonElement? error) =>
        status is 402 or 429 or 529 || Codes(error).Any(c => s_quota.Any(q => c.Contains(q, StringComparison.OrdinalIgnoreCase))) ? FailureClass.Quota
        : status is 408 or 504 ? FailureClass.Network
        : status is 400 or 413 or 415 or 422 || Codes(error).Any(c => c.Contains("invalid_request", StringComparison.OrdinalIgnoreCase)) && status is 200 ? FailureClass.UserInput
        : FailureClass.Dependency;

    private static string Named(JsonElement? error)
    {
        var names = Codes(error).Where(IsCode).Distinct().ToList();
        return names.Count == 0 ? "" : $" ({string.Join(", ", names)})";
    }

    private static bool IsTransient(JsonElement error) =>
        Codes(error).Any(code => s_transient.Any(t => code.Contains(t, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Codes(JsonElement? error) =>
        new[] { Text(error, "type"), Text(error, "code") }.OfType<string>();

    private static string? Text(JsonElement? error, string key) =>
        error is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(key, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null }
            : null;

    private static bool IsCode(string text) =>
        text.Length is > 0 and <= LongestCode && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
        && !text.StartsWith("sk-", StringComparison.Ordinal);

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, TimeProvider time)
    {
        if (response.Headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms is >= 0 and < 1e10)
        {
            return TimeSpan.FromMilliseconds(ms);
        }
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait is { } w ? (w < TimeSpan.Zero ? TimeSpan.Zero : w) : null;
    }
}
