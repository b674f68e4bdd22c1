using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;

namespace Parley.Server.Api;

/// <summary>Stands around the OpenAI-compatible endpoints: gives each request its <c>x-request-id</c>, and each failure its error object.</summary>
/// <remarks>A failure after the response has begun is the endpoint's to tell; here it ends the connection.</remarks>
internal sealed class ApiErrorFilter(ILogger<ApiErrorFilter> logger) : IEndpointFilter
{
    public const string RequestId = "x-request-id";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers[RequestId] = RandomId.Next("req_", Random.Shared);
        try
        {
            return await next(context);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            return e.ToError(logger);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client has gone: there is nobody to tell.
            return Results.Empty;
        }
    }
}
