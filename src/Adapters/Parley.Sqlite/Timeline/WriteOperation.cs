using Parley.Timeline;

namespace Parley.Sqlite.Timeline;

/// <summary>Something to write. It may be written more than once, when the transaction that it was in failed.</summary>
internal abstract class WriteOperation
{
    /// <summary>Writes it, within a transaction.</summary>
    public abstract void Write(WriteConnection to);

    /// <summary>It is stored for good.</summary>
    public virtual void Complete()
    {
    }

    /// <summary>It will not be stored.</summary>
    public virtual void Fail(StoreException error)
    {
    }
}

/// <summary>A session begins or ends. Few and small, so these are kept until they can be written.</summary>
internal sealed class SessionChange(Action<WriteConnection> write) : WriteOperation
{
    public override void Write(WriteConnection to) => write(to);
}

/// <summary>A timeline entry: lost if it cannot be written in time.</summary>
internal sealed class NewEntry(string sessionId, TimelineEntry entry) : WriteOperation
{
    /// <summary>What it takes in memory beyond a nominal size.</summary>
    public int AudioBytes => entry.Data is ReadOnlyMemory<byte> pcm ? pcm.Length : 0;

    public override void Write(WriteConnection to) => to.Append(sessionId, entry);
}

/// <summary>A write that somebody waits for.</summary>
internal sealed class WriteRequest<T>(Func<WriteConnection, T> write) : WriteOperation
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override void Write(WriteConnection to) => _result = write(to);

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(StoreException error) => _done.TrySetException(error);
}

/// <summary>Somebody waits until what came before is settled, well or not.</summary>
internal sealed class Flush : WriteOperation
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public override void Write(WriteConnection to)
    {
    }

    public override void Complete() => _done.TrySetResult();

    public override void Fail(StoreException error) => _done.TrySetResult();
}
