using Parley.Time;

namespace Parley.Core.Tests.OpenAICompatible;

internal static class VirtualClockExtensions
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Fires what is due until the call has ended, well or not: one over a real socket may set its timer after the clock was moved.</summary>
    /// <exception cref="TimeoutException">The call goes on.</exception>
    public static async Task FireUntilAsync(this VirtualClock clock, Task call)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!call.IsCompleted)
        {
            if (TimeProvider.System.GetElapsedTime(start) > s_patience) { throw new TimeoutException("The call goes on."); }
            clock.Advance(TimeSpan.Zero);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
