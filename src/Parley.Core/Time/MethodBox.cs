using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Parley.Time;

/// <summary>Where a method of <see cref="InPlaceMethodBuilder"/> is while it waits, and what its caller waits for.</summary>
internal abstract class MethodBox<TResult> : IValueTaskSource<TResult>, IValueTaskSource
{
    private readonly Signal _ended = new();
    private TResult? _result;

    /// <summary>The call that it stands for now.</summary>
    public short Version => _ended.Version;

    public void SetResult(TResult result)
    {
        _result = result;
        _ended.Set();
    }

    public void SetException(Exception exception) => _ended.Fail(exception);

    public TResult GetResult(short token)
    {
        if (GetStatus(token) == ValueTaskSourceStatus.Pending) { throw new InvalidOperationException("The method has not ended yet."); }
        try
        {
            _ended.GetResult(token);
            return _result!;
        }
        finally
        {
            _result = default;
            Return();
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _ended.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _ended.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    /// <summary>Another call begins, in the context to which its caller comes back.</summary>
    protected void Begin() => _ended.Reset();

    /// <summary>Its caller has what it waited for: it may stand for another call.</summary>
    protected abstract void Return();
}

/// <summary>The same for one method.</summary>
/// <remarks>A thread keeps those that have ended on it, up to as many as the sessions that it may have at a time.</remarks>
internal sealed class MethodBox<TMachine, TResult> : MethodBox<TResult>
    where TMachine : IAsyncStateMachine
{
    private const int Kept = 256;

    [ThreadStatic]
    private static MethodBox<TMachine, TResult>? t_free;
    [ThreadStatic]
    private static int t_kept;

    private readonly Action _goOn;
    private MethodBox<TMachine, TResult>? _next;
    private ExecutionContext? _context;

    private MethodBox() => _goOn = Run;

    /// <summary>The method's own state.</summary>
#pragma warning disable CA1051, SA1401 // It is changed in place.
    public TMachine Machine = default!;
#pragma warning restore CA1051, SA1401

    public static MethodBox<TMachine, TResult> Rent()
    {
        var box = t_free;
        if (box is null) { box = new(); }
        else
        {
            (t_free, box._next) = (box._next, null);
            t_kept--;
        }
        box.Begin();
        return box;
    }

    /// <summary>What to call when the wait is over that begins now.</summary>
    public Action GoOn()
    {
        _context = ExecutionContext.Capture();
        return _goOn;
    }

    protected override void Return()
    {
        (Machine, _context) = (default!, null);
        if (t_kept == Kept) { return; }
        (_next, t_free) = (t_free, this);
        t_kept++;
    }

    private void Run()
    {
        if (_context is { } context) { ExecutionContext.Run(context, static box => ((MethodBox<TMachine, TResult>)box!).Machine.MoveNext(), this); }
        else { Machine.MoveNext(); }
    }
}
