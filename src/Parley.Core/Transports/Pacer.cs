using System.Runtime.CompilerServices;
using Parley.Time;

namespace Parley.Transports;

/// <summary>
/// Lets audio out at the listener's pace: never more than the lead ahead of the playback position, one packet in flight, nothing while
/// paused. What has not left can be taken back.
/// </summary>
/// <remarks>One writer (the reply that speaks); pause and resume come from the session's loop.</remarks>
internal sealed class Pacer(Outbox outbox, PlaybackClock clock, TimeSpan lead, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(1);

    // For the next wait; a reply that was cancelled may not be back from its last one.
    private Alarm? _spare;
    private volatile TaskCompletionSource? _paused;

    /// <summary>Sends the packet when its time has come; returns when it is in the socket or was stopped at the fence.</summary>
    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder))] // One a packet, as below.
    public async ValueTask SendAsync(AudioPacket packet, CancellationToken cancellationToken)
    {
        await WaitUntilAsync(packet.SampleOffset + packet.Samples.Length, lead, cancellationToken);
        await outbox.SendAudioAsync(packet, cancellationToken);
    }

    /// <summary>Returns when the listener has heard everything up to <paramref name="endSample"/>, or has had ample time to.</summary>
    public ValueTask WaitUntilHeardAsync(long endSample, CancellationToken cancellationToken) => WaitUntilAsync(endSample, TimeSpan.Zero, cancellationToken);

    /// <summary>Waits until <paramref name="sample"/> is at most <paramref name="ahead"/> in the listener's future.</summary>
    /// <remarks>A client that reports no progress is not waited for longer than it should have needed and the patience on top.</remarks>
    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder))]
    private async ValueTask WaitUntilAsync(long sample, TimeSpan ahead, CancellationToken cancellationToken)
    {
        var budget = clock.Until(sample) + s_patience;
        while (true)
        {
            if (_paused is { } paused)
            {
                await paused.Task.WaitAsync(cancellationToken);
                continue;
            }
            var wait = clock.Until(sample) - ahead;
            if (wait <= TimeSpan.Zero || budget <= TimeSpan.Zero) { return; }
            var began = time.GetTimestamp();
            // Timers count whole milliseconds: a shorter wait would come back at once, again and again.
            await SleepAsync(wait < s_tick ? s_tick : wait, cancellationToken);
            budget -= time.GetElapsedTime(began);
        }
    }

    // Continuations run where Resume is called: the writer only goes on to its next wait, and no thread of the pool comes in between.
    public void Pause() => _paused ??= new TaskCompletionSource();

    public void Resume()
    {
        var paused = _paused;
        _paused = null;
        paused?.TrySetResult();
    }

    public void Dispose() => Interlocked.Exchange(ref _spare, null)?.Dispose();

    [AsyncMethodBuilder(typeof(InPlaceMethodBuilder))]
    private async ValueTask SleepAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var alarm = Interlocked.Exchange(ref _spare, null) ?? new Alarm(time);
        try
        {
            await alarm.WaitAsync(wait, cancellationToken);
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _spare, alarm, null) is not null) { alarm.Dispose(); }
        }
    }
}
