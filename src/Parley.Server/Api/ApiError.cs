using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Parley.Diagnostics;
using Parley.Resilience;

namespace Parley.Server.Api;

/// <summary>The error object of the OpenAI-compatible endpoints: <c>{"error":{"message","type","param","code"}}</c>, all four keys always there.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">A sentence for whoever wrote the client. It holds no key, and nothing said but what a server quotes of this very request.</param>
/// <param name="Type"><see cref="InvalidRequest"/>, <see cref="ServerError"/> or <see cref="RateLimited"/>.</param>
/// <param name="Param">The field that is wrong, if it is one.</param>
/// <param name="Code">What a program may compare, such as <c>model_not_found</c>.</param>
/// <param name="RetryAfter">When another try may succeed, where that is known; sent as <c>retry-after</c>.</param>
internal sealed record ApiError(
    int Status, string Message, string Type = ApiError.InvalidRequest, string? Param = null, string? Code = null, TimeSpan? RetryAfter = null) : IResult
{
    public const string InvalidRequest = "invalid_request_error", ServerError = "server_error", RateLimited = "rate_limit_exceeded";

    /// <summary>400: a field is wrong.</summary>
    public static ApiError BadField(string param, string message, string? code = "invalid_value") => new(400, message, Param: param, Code: code);

    /// <summary>400: a field is missing.</summary>
    public static ApiError MissingField(string param) => BadField(param, $"Missing required parameter: '{param}'.", "missing_required_parameter");

    /// <summary>408: the body did not come in time.</summary>
    public static ApiError LateBody(TimeSpan limit) => new(408, FormattableString.Invariant($"The body did not arrive within {limit.TotalSeconds:0.#} seconds."));

    /// <summary>413: the body, or a field, is too long.</summary>
    public static ApiError TooLarge(string message, string? param = null) => new(413, message, Param: param, Code: "request_too_large");

    /// <summary>404: there is no such model.</summary>
    public static ApiError NoModel(string message) => new(404, message, Param: "model", Code: "model_not_found");

    /// <summary>What a failing engine comes to: 503 where another try may help, 500 where not, 400 where the request is at fault.</summary>
    public static ApiError From(VoiceException e) => e.Class switch
    {
        FailureClass.UserInput => new(400, Words(e), Param: e.Refusal?.Param, Code: e.Refusal?.Code ?? "invalid_value"),
        FailureClass.Quota => new(429, e.Message, RateLimited, Code: "rate_limit_exceeded", RetryAfter: FailureRules.RetryAfterOf(e) ?? TimeSpan.FromSeconds(1)),
        _ => e.IsTransient ? new(503, e.Message, ServerError, RetryAfter: FailureRules.RetryAfterOf(e)) : new(500, Words(e), ServerError),
    };

    /// <summary>The object as JSON, for bodies and for events in a stream that has begun.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new ErrorBody(new ErrorObject(Message, Type, Param, Code)), ApiErrorJson.Default.ErrorBody);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/json";
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            response.Headers["retry-after-ms"] = Math.Ceiling(wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        }
        var body = ToJson();
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    // Here the caller is told of the caller's own request.
    private static string Words(VoiceException e) => e.Refusal?.Message is { Length: > 0 } said ? $"{e.Message} It said: {said}" : e.Message;
}

internal sealed record ErrorBody(ErrorObject Error);

internal sealed record ErrorObject(string Message, string Type, string? Param, string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ApiErrorJson : JsonSerializerContext;
