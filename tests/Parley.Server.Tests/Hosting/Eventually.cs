using Parley.Testing.Transports;

namespace Parley.Server.Tests.Hosting;

/// <summary>Waits for what the server does after its client has gone, which no message tells.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(5);

    /// <exception cref="TimeoutException">It did not become true; the message is <paramref name="otherwise"/>.</exception>
    public static async Task TrueAsync(Func<bool> condition, Func<string> otherwise)
    {
        using var timer = new PeriodicTimer(s_poll);
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > ConverseClient.Patience) { throw new TimeoutException(otherwise()); }
            await timer.WaitForNextTickAsync();
        }
    }
}
