namespace Parley.Server.Api;

/// <summary>Ends a request with an error object; <see cref="ApiErrorFilter"/> sends it.</summary>
/// <param name="error">What the client is told.</param>
internal sealed class ApiException(ApiError error) : Exception(error.Message)
{
    public ApiError Error { get; } = error;
}
