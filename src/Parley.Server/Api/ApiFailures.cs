using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;

namespace Parley.Server.Api;

/// <summary>What failures come to for clients.</summary>
internal static partial class ApiFailures
{
    /// <summary>The error object of a failure. What nobody foresaw is logged, and tells nothing of itself.</summary>
    public static ApiError ToError(this Exception failure, ILogger logger)
    {
        switch (failure)
        {
            case ApiException e: return e.Error;
            case VoiceException e: return ApiError.From(e);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } e: return ApiError.TooLarge(e.Message);
            case BadHttpRequestException e: return new ApiError(e.StatusCode, e.Message);
            case TimeoutException e: return new ApiError(503, e.Message, ApiError.ServerError);
            default:
                LogFailure(logger, failure);
                return new ApiError(500, "The server had an error while processing the request.", ApiError.ServerError);
        }
    }

    [LoggerMessage(LogLevel.Error, "A request failed.")]
    private static partial void LogFailure(ILogger logger, Exception failure);
}
