using System.Threading.Tasks.Sources;
using Parley.Time;
using Parley.Vad;

namespace Parley.Onnx.Vad;

/// <summary>The model's memory of one microphone, and the answer that its caller waits for.</summary>
/// <remarks>All members but <see cref="DetectAsync"/>, <see cref="Dispose"/> and the source belong to <see cref="SileroScheduler"/>.</remarks>
internal sealed class SileroStream(SileroScheduler scheduler) : IVoiceActivityStream, IValueTaskSource<float>
{
    // A session must not hold up the loop that answers all of them.
    private readonly Signal _answered = new() { UsesPool = true };
    private CancellationTokenRegistration _registration;

    public float[] Input { get; } = new float[SileroModel.Input];

    public float[] State { get; } = new float[SileroModel.State];

    /// <summary>The answer to the last window.</summary>
    public float Probability { get; private set; }

    /// <summary>Where the window is. Guarded by the scheduler's lock.</summary>
    public SileroPhase Phase { get; set; }

    /// <summary>Whether the stream stands in the queue, be it that nobody waits any more. Guarded by the scheduler's lock.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Guarded by the scheduler's lock.</summary>
    public bool IsDisposed { get; set; }

    public ValueTask<float> DetectAsync(ReadOnlyMemory<short> window, CancellationToken cancellationToken = default)
    {
        if (window.Length != SileroModel.Window)
        {
            throw new ArgumentException($"A window has {SileroModel.Window} samples, not {window.Length}.", nameof(window));
        }
        if (cancellationToken.IsCancellationRequested) { return ValueTask.FromCanceled<float>(cancellationToken); }
        if (scheduler.Begin(this, window.Span))
        {
            scheduler.RunAlone(this);
            return new ValueTask<float>(Probability);
        }
        _registration = cancellationToken.UnsafeRegister(static (stream, token) => ((SileroStream)stream!).Cancel(token), this);
        return new ValueTask<float>(this, _answered.Version);
    }

    public void Dispose() => scheduler.Close(this);

    /// <summary>Puts a window behind the context that <see cref="Advance"/> left. Called under the scheduler's lock.</summary>
    public void Prepare(ReadOnlySpan<short> window)
    {
        var input = Input.AsSpan(SileroModel.Context);
        for (var i = 0; i < input.Length; i++) { input[i] = window[i] / 32768f; }
        _answered.Reset();
    }

    /// <summary>Keeps the answer, and the end of the window as the next one's context.</summary>
    public void Advance(float probability)
    {
        Input.AsSpan(SileroModel.Window).CopyTo(Input);
        Probability = probability;
    }

    /// <summary>Answers a caller that was made to wait.</summary>
    public void Complete(Exception? error)
    {
        if (error is null) { _answered.Set(); } else { _answered.Fail(error); }
    }

    float IValueTaskSource<float>.GetResult(short token)
    {
        // Waits for a cancellation that is running: it must not meet the next window.
        _registration.Dispose();
        _answered.GetResult(token);
        return Probability;
    }

    ValueTaskSourceStatus IValueTaskSource<float>.GetStatus(short token) => _answered.GetStatus(token);

    void IValueTaskSource<float>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answered.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token)
    {
        if (scheduler.Withdraw(this)) { Complete(new OperationCanceledException(token)); }
    }
}
