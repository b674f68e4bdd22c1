using Parley.Testing.Transports;

namespace Parley.Server.Tests.Hosting;

/// <summary>Waits for what the server does after its client has gone, which no message tells.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    /// <param name="condition">What shall become true.</param>
    /// <param name="otherwise">What to say if it does not.</param>
    /// <param name="patience">How long to wait; without, as long as a client does.</param>
    /// <exception cref="TimeoutException">It did not become true; the message is <paramref name="otherwise"/>.</exception>
    public static async Task TrueAsync(Func<bool> condition, Func<string> otherwise, TimeSpan? patience = null)
    {
        using var timer = new PeriodicTimer(s_poll);
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > (patience ?? ConverseClient.Patience)) { throw new TimeoutException(otherwise()); }
            await timer.WaitForNextTickAsync();
        }
    }
}
