namespace Parley.Server.Threading;

internal static class ServiceLoop
{
    /// <summary>Waits for a service's loop, which the server's going may end: a server that is disposed without being stopped would call that a failure.</summary>
    public static async Task UntilStoppedAsync(this Task loop, CancellationToken stopping)
    {
        try { await loop; }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server is going.
        }
    }
}
