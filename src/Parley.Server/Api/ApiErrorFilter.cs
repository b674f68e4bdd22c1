using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Diagnostics;

namespace Parley.Server.Api;

/// <summary>Stands around the OpenAI-compatible endpoints: gives each request its <c>x-request-id</c>, and each failure its error object.</summary>
/// <remarks>Thread-safe. A failure after the response has begun is the endpoint's to tell; here it ends the connection.</remarks>
internal sealed class ApiErrorFilter(ILogger<ApiErrorFilter> logger) : IEndpointFilter
{
    public const string RequestId = "x-request-id";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        object? result = Results.Empty;
        await RunAsync(context.HttpContext, async _ => result = await next(context));
        return result;
    }

    /// <summary>Runs an endpoint and tells what became of it, if it could not.</summary>
    public async Task RunAsync(HttpContext http, RequestDelegate endpoint)
    {
        // Where the request is traced, its id leads to the trace.
        http.Response.Headers[RequestId] = Activity.Current is { IdFormat: ActivityIdFormat.W3C } span ? $"req_{span.TraceId.ToHexString()}" : RandomId.Next("req_", Random.Shared);
        ApiError error;
        try
        {
            await endpoint(http);
            return;
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            error = e.ToError(logger);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client has gone: there is nobody to tell.
            return;
        }
        await error.ExecuteAsync(http);
    }
}
