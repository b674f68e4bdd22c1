using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Parley.Server.Api;

/// <summary>Reads a body into memory: no longer than allowed, and no longer in time either.</summary>
internal static class RequestBody
{
    /// <returns>The bytes, in an array of their own: whoever sends them on may do so after the request is over.</returns>
    /// <exception cref="ApiException">It did not come in time: 408.</exception>
    /// <exception cref="BadHttpRequestException">It is too long (413) or broke off (400).</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext http, long maxBytes, TimeSpan timeout, TimeProvider time)
    {
        Limit(http, maxBytes);
        var body = http.Request.BodyReader;
        CancellationTokenSource? deadline = null;
        try
        {
            while (true)
            {
                // A body that is here already costs no timer.
                if (!body.TryRead(out var read))
                {
                    deadline ??= new CancellationTokenSource(timeout, time);
                    read = await body.ReadAsync(deadline.Token);
                }
                if (read.IsCompleted)
                {
                    var bytes = read.Buffer.ToArray();
                    body.AdvanceTo(read.Buffer.End);
                    return bytes;
                }
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (deadline is { IsCancellationRequested: true } && !http.RequestAborted.IsCancellationRequested)
        {
            throw new ApiException(ApiError.LateBody(timeout));
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    /// <summary>Has the server refuse what is longer, in place of its own limit of 30 000 000 bytes.</summary>
    public static void Limit(HttpContext http, long maxBytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) { limit.MaxRequestBodySize = maxBytes; }
    }
}
