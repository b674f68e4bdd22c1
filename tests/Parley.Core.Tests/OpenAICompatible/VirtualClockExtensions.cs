using Parley.Testing;
using Parley.Time;

namespace Parley.Core.Tests.OpenAICompatible;

internal static class VirtualClockExtensions
{
    /// <summary>Fires what is due until the call has ended, well or not: one over a real socket may set its timer after the clock was moved.</summary>
    /// <exception cref="TimeoutException">The call goes on.</exception>
    public static Task FireUntilAsync(this VirtualClock clock, Task call) => Eventually.TrueAsync(
        () =>
        {
            clock.Advance(TimeSpan.Zero);
            return call.IsCompleted;
        },
        () => "The call goes on.");
}
