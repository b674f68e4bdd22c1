namespace Parley.Governance;

/// <summary>A call that waits for its turn; the earliest <see cref="Due"/> goes first.</summary>
internal sealed class WaitingCall(long number, long since, long due, CallPriority priority) : IComparable<WaitingCall>
{
    public long Since => since;

    public long Due => due;

    public CallPriority Priority => priority;

    /// <summary>Its place, or why it gets none.</summary>
    /// <remarks>Where there is a context, who waits is posted to it; elsewhere, who gives a place back must not run what the next one does with it.</remarks>
    public TaskCompletionSource<EngineLease> Turn { get; } =
        new(SynchronizationContext.Current is null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);

    /// <summary>Its place, from the moment on at which it waits no more.</summary>
    public EngineLease? Lease { get; set; }

    private long Number => number;

    public int CompareTo(WaitingCall? other) => other is null ? 1 : due != other.Due ? due.CompareTo(other.Due) : number.CompareTo(other.Number);
}
