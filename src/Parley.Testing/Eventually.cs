using Parley.Testing.Transports;

namespace Parley.Testing;

/// <summary>Waits for what no message tells, on the system's clock: what a real server does after its client has gone, or what happens on a connection.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    /// <param name="condition">What shall become true.</param>
    /// <param name="otherwise">What to say if it does not; null: that it did not.</param>
    /// <param name="patience">How long to wait; without, as long as a client does.</param>
    /// <exception cref="TimeoutException">It did not become true; the message is <paramref name="otherwise"/>.</exception>
    public static async Task TrueAsync(Func<bool> condition, Func<string>? otherwise = null, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var timer = new PeriodicTimer(s_poll);
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > (patience ?? ConverseClient.Patience)) { throw new TimeoutException(otherwise?.Invoke() ?? "It did not become true."); }
            await timer.WaitForNextTickAsync();
        }
    }
}
