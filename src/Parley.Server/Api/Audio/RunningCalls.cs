using Microsoft.AspNetCore.Http;
using Parley.Server.Configuration;

namespace Parley.Server.Api.Audio;

/// <summary>Bounds the recordings that are worked on at a time, whatever is done with them: each holds memory, and most of a core.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RunningCalls(AudioApiOptions options)
{
    private int _running;

    /// <summary>Answers a call; one too many is told to come back.</summary>
    public async Task<IResult> RunAsync(Func<Task<IResult>> answer)
    {
        if (Interlocked.Increment(ref _running) > options.MaxTranscriptions)
        {
            Interlocked.Decrement(ref _running);
            return new ApiError(429, "Too many recordings are being worked on.", ApiError.RateLimited, Code: "rate_limit_exceeded", RetryAfter: TimeSpan.FromSeconds(1));
        }
        try
        {
            return await answer();
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
