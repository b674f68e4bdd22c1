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
        cancellationToken.ThrowIfCancellationRequested();
        _linked ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _deadline.Token);
        _deadline.CancelAfter(_idle ?? Later(first - time.GetElapsedTime(_started)));
        try
        {
            var result = await step(_linked.Token);
            _deadline.CancelAfter(Timeout.InfiniteTimeSpan);
            return result;
        }
        catch (Exception problem) when (cancellationToken.IsCancellationRequested && problem is not VoiceException)
        {
            throw new OperationCanceledException("The call was cancelled.", problem, cancellationToken);
        }
        catch (Exception problem) when (_deadline.IsCancellationRequested && problem is OperationCanceledException or IOException or HttpRequestException)
        {
            throw UpstreamErrors.Stalled(stage, what, _idle ?? first, problem);
        }
        catch (HttpRequestException problem) when (problem.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.VersionNegotiationError)
        {
            throw UpstreamErrors.Unusable(stage, problem);
        }
        catch (HttpRequestException problem) when (problem.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded)
        {
            throw UpstreamErrors.Unintelligible(stage);
        }
        catch (HttpRequestException problem) { throw UpstreamErrors.Unreachable(stage, problem); }
        catch (InvalidDataException) { throw UpstreamErrors.Unintelligible(stage); }
        catch (IOException problem) { throw UpstreamErrors.EndedEarly(stage, problem); }
    }

    private static TimeSpan Later(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

    public void Dispose()
    {
        _linked?.Dispose();
        _deadline.Dispose();
    }
}
