using System.Runtime.CompilerServices;

namespace Parley.Time;

/// <summary>
/// Builds an async method that is called for each frame or packet: a wait in it allocates nothing, and when it ends its caller goes on at once, in place, if the
/// caller's context is the one that it ends in.
/// </summary>
/// <remarks>
/// <code>[AsyncMethodBuilder(typeof(InPlaceMethodBuilder))]</code>
/// The runtime's own <see cref="PoolingAsyncValueTaskMethodBuilder"/> has whoever waits in a context posted to it, with a delegate for each post, even if it is
/// there already. Five methods that call each other would then be five turns in the queue of the thread that sessions share. As with any such method, what it
/// returns is awaited once.
/// </remarks>
public struct InPlaceMethodBuilder
{
    private InPlaceMethodBuilder<ValueTuple> _inner;

    /// <summary>What the method returns.</summary>
    public readonly ValueTask Task => _inner.Ending;

    public static InPlaceMethodBuilder Create() => default;

    public readonly void Start<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine => _inner.Start(ref machine);

#pragma warning disable CA1822 // The compiler asks for it so.
    public readonly void SetStateMachine(IAsyncStateMachine machine)
#pragma warning restore CA1822
    {
    }

    public void SetResult() => _inner.SetResult(default);

    public void SetException(Exception exception) => _inner.SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion
        where TMachine : IAsyncStateMachine => _inner.AwaitOnCompleted(ref awaiter, ref machine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TMachine : IAsyncStateMachine => _inner.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
}

/// <summary>The same of a method with a result.</summary>
/// <inheritdoc cref="InPlaceMethodBuilder" path="/remarks"/>
/// <typeparam name="TResult">What it results in.</typeparam>
public struct InPlaceMethodBuilder<TResult>
{
    // Null as long as nothing had to be waited for.
    private MethodBox<TResult>? _box;
    private Exception? _failure;
    private TResult _result;

    /// <summary>What the method returns.</summary>
    public readonly ValueTask<TResult> Task =>
        _box is { } box ? new(box, box.Version) : _failure is { } failure ? new(Failed(failure)) : new(_result);

    /// <summary>The same without the result.</summary>
    internal readonly ValueTask Ending => _box is { } box ? new(box, box.Version) : _failure is { } failure ? new(Failed(failure)) : default;

#pragma warning disable CA1000 // The compiler asks for it here.
    public static InPlaceMethodBuilder<TResult> Create() => default;
#pragma warning restore CA1000

    // Any builder starts a method alike: what it changes of its thread is put back.
    public readonly void Start<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine => AsyncTaskMethodBuilder.Create().Start(ref machine);

#pragma warning disable CA1822 // The compiler asks for it so.
    public readonly void SetStateMachine(IAsyncStateMachine machine)
#pragma warning restore CA1822
    {
    }

    public void SetResult(TResult result)
    {
        if (_box is { } box) { box.SetResult(result); } else { _result = result; }
    }

    public void SetException(Exception exception)
    {
        if (_box is { } box) { box.SetException(exception); } else { _failure = exception; }
    }

    public void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion
        where TMachine : IAsyncStateMachine => awaiter.OnCompleted(Suspend(ref machine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TMachine : IAsyncStateMachine => awaiter.UnsafeOnCompleted(Suspend(ref machine));

    private static Task<TResult> Failed(Exception exception)
    {
        // Knows a cancellation from a failure.
        var task = AsyncTaskMethodBuilder<TResult>.Create();
        task.SetException(exception);
        return task.Task;
    }

    private Action Suspend<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine
    {
        if (_box is not MethodBox<TMachine, TResult> box)
        {
            // The machine holds this builder: what is copied has to know its box.
            _box = box = MethodBox<TMachine, TResult>.Rent();
            box.Machine = machine;
        }
        return box.GoOn();
    }
}
