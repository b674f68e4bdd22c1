using Microsoft.AspNetCore.Http;

namespace Parley.Server.Api;

/// <summary>How long a client may take to send its request.</summary>
internal sealed class RequestDeadline : IDisposable
{
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _linked;

    public RequestDeadline(HttpContext http, TimeSpan timeout, TimeProvider time)
    {
        _deadline = new CancellationTokenSource(timeout, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, http.RequestAborted);
    }

    /// <summary>Cancelled when the time is up or the client has gone.</summary>
    public CancellationToken Token => _linked.Token;

    /// <summary>Whether the time is up.</summary>
    public bool IsOver => _deadline.IsCancellationRequested;

    /// <summary>What the client is told then.</summary>
    public ApiException Error { get; } = new(new ApiError(408, "The request did not come in time."));

    public void Dispose()
    {
        _linked.Dispose();
        _deadline.Dispose();
    }
}
