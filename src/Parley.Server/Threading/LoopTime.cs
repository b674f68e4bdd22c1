namespace Parley.Server.Threading;

/// <summary>A clock whose timers ring where they were set: what is set on a <see cref="SessionLoop"/> rings there, without a thread of the pool in between.</summary>
/// <param name="time">The clock behind it.</param>
/// <param name="always">Where all ring, whoever sets them; null: each where it was set.</param>
internal sealed class LoopTime(TimeProvider time, SessionLoop? always = null) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        (always ?? SynchronizationContext.Current) is SessionLoop loop ? loop.CreateTimer(callback, state, dueTime, period) : time.CreateTimer(callback, state, dueTime, period);
}
