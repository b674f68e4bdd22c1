using System.Threading.Tasks.Sources;

namespace Parley.Transports;

/// <summary>Something that one waits for and another does, over and over, without an allocation each time.</summary>
/// <remarks>
/// One waiter: <see cref="Reset"/>, then let the other know, then <see cref="WaitAsync"/>, whether it is set by then or not. Whoever sets it runs what the
/// waiter does next.
/// </remarks>
internal sealed class Signal : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core;

    public void Reset() => _core.Reset();

    /// <summary>Ends the wait. Called once after each <see cref="Reset"/>.</summary>
    public void Set() => _core.SetResult(true);

    /// <summary>Ends the wait with an exception, in place of <see cref="Set"/>.</summary>
    public void Fail(Exception exception) => _core.SetException(exception);

    public ValueTask WaitAsync() => new(this, _core.Version);

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
