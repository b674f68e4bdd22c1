namespace Parley.Recording;

/// <summary>Numbers the calls of a stage. Thread-safe.</summary>
internal sealed class CallCounter
{
    private int _last;

    public int Next() => Interlocked.Increment(ref _last);
}
