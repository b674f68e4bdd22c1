namespace Parley.Resilience;

/// <summary>Asks engines that rest, and those that nobody has called for a while, whether they work, so that no caller has to find out; and takes back places that nobody has given back.</summary>
/// <param name="guards">The engines.</param>
/// <param name="interval">The pause between two rounds.</param>
/// <param name="time">The clock.</param>
public sealed class HealthProbes(EngineGuards guards, TimeSpan interval, TimeProvider time)
{
    /// <summary>Probes until it is cancelled; the caller owns the loop and awaits it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var probed = guards.All.Where(g => g.Probe is not null).ToList();
                foreach (var guard in probed) { guard.IsProbed = true; }
                await Task.WhenAll(probed.Where(IsUnknown).Select(g => g.ProbeAsync(cancellationToken)));
                foreach (var guard in guards.All) { guard.Slots.TakeBackForgotten(); }
                await Task.Delay(interval, time, cancellationToken);
            }
        }
        finally
        {
            // From now on, whoever calls finds out.
            foreach (var guard in guards.All) { guard.IsProbed = false; }
        }
    }

    /// <summary>Of an engine that is at work its calls will tell.</summary>
    private bool IsUnknown(EngineGuard guard) => guard.State != BreakerState.Closed || (guard.Unused >= interval && guard.Slots.Read().InUse == 0);
}
