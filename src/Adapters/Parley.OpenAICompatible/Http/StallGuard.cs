using System.Runtime.CompilerServices;
using Parley.Diagnostics;

namespace Parley.OpenAICompatible.Http;

/// <summary>
/// Cancels a call to an upstream whose first piece, counted from the guard's making, or next piece does not come in time, and gives each
/// failure on the way its <see cref="VoiceException"/>. The caller's own cancellation stays a cancellation. Not thread-safe: one per call.
/// </summary>
internal sealed class StallGuard(VoiceStage stage, string what, TimeSpan first, TimeProvider time, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(Timeout.InfiniteTimeSpan, time);
    private CancellationTokenSource? _linked;
    private readonly long _started = time.GetTimestamp();
    private TimeSpan? _idle;

    /// <summary>The first piece has come: from now on each step must end within <paramref name="idle"/>.</summary>
    public void Expect(TimeSpan idle) => _idle = idle;

    /// <summary>Awaits one step under the deadline.</summary>
    public async ValueTask<T> RunAsync<T>(Func<CancellationToken, ValueTask<T>> step)
    {
        var token = Begin();
        Arm();
        try
        {
            var result = await step(token);
            _deadline.CancelAfter(Timeout.InfiniteTimeSpan);
            return result;
        }
        catch (Exception problem) when (Explain(problem) is { } explained) { throw explained; }
    }

    /// <summary>Reads a piece of the answer under the deadline; costs nothing where it is here already.</summary>
    public ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer)
    {
        var read = body.ReadAsync(buffer, Begin());
        return read.IsCompletedSuccessfully ? read : WaitAsync(read);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAsync(ValueTask<int> read)
    {
        Arm();
        try
        {
            var count = await read;
            _deadline.CancelAfter(Timeout.InfiniteTimeSpan);
            return count;
        }
        catch (Exception problem) when (Explain(problem) is { } explained) { throw explained; }
    }

    private CancellationToken Begin()
    {
        cancellationToken.ThrowIfCancellationRequested();
        return (_linked ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _deadline.Token)).Token;
    }

    private void Arm() => _deadline.CancelAfter(_idle ?? Later(first - time.GetElapsedTime(_started)));

    /// <summary>What the problem means to the caller; null: it is explained already, or it is a bug.</summary>
    private Exception? Explain(Exception problem) => problem switch
    {
        VoiceException => null,
        _ when cancellationToken.IsCancellationRequested => new OperationCanceledException("The call was cancelled.", problem, cancellationToken),
        OperationCanceledException or IOException or HttpRequestException when _deadline.IsCancellationRequested =>
            UpstreamErrors.Stalled(stage, what, _idle ?? first, problem),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.VersionNegotiationError } =>
            UpstreamErrors.Unusable(stage, problem),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } =>
            UpstreamErrors.Unintelligible(stage),
        HttpRequestException => UpstreamErrors.Unreachable(stage, problem),
        InvalidDataException => UpstreamErrors.Unintelligible(stage),
        IOException => UpstreamErrors.EndedEarly(stage, problem),
        _ => null,
    };

    private static TimeSpan Later(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    public void Dispose()
    {
        _linked?.Dispose();
        _deadline.Dispose();
    }
}
