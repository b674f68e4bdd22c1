using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api.Chat;

/// <summary>Reads a body into memory: no longer than allowed, and no longer in time either.</summary>
internal static class RequestBody
{
    private const int FirstSize = 4096;

    /// <returns>The bytes, in an array of their own: whoever sends them on may do so after the request is over.</returns>
    /// <exception cref="ApiException">It is too long (413), too slow (408) or broken off (400).</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int maxBytes, TimeSpan timeout, TimeProvider time)
    {
        var request = context.Request;
        if (request.ContentLength > maxBytes) { throw TooLong(maxBytes); }
        using var slow = new CancellationTokenSource(timeout, time);
        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? FirstSize) + 1);
        try
        {
            var length = 0;
            while (true)
            {
                var read = await request.Body.ReadAsync(buffer.AsMemory(length), slow.Token);
                if (read == 0) { return buffer.AsSpan(0, length).ToArray(); }
                length += read;
                if (length > maxBytes) { throw TooLong(maxBytes); }
                if (length == buffer.Length) { buffer = Grow(buffer); }
            }
        }
        catch (OperationCanceledException) when (slow.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            throw new ApiException(new ApiError(408, $"The body did not arrive within {timeout.TotalSeconds:0.#} seconds."));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static ApiException TooLong(int maxBytes) =>
        new(new ApiError(413, $"The body is longer than the {maxBytes} bytes that are allowed.", Code: "request_too_large"));
}
