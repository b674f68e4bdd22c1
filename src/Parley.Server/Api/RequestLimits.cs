using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Parley.Governance;

namespace Parley.Server.Api;

/// <summary>How many requests the HTTP API takes: of one key, and in all.</summary>
/// <remarks>Thread-safe. Where no keys are asked for, the client's address stands for one: any header could be made up.</remarks>
internal sealed class RequestLimits : IDisposable
{
    private const int Segments = 6;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1), s_soon = TimeSpan.FromSeconds(1);

    private readonly GovernanceOptions _options;
    private readonly CpuMeter _cpu;
    private readonly ApiKeys? _keys;
    private readonly PartitionedRateLimiter<string>? _perMinute, _atOnce;
    private int _underWay;

    /// <param name="options">The limits.</param>
    /// <param name="cpu">What this process uses.</param>
    /// <param name="keys">The keys that are asked for; null: none.</param>
    public RequestLimits(GovernanceOptions options, CpuMeter cpu, ApiKeys? keys = null)
    {
        (_options, _cpu, _keys) = (options, cpu, keys);
        if (options.RequestsPerMinute > 0)
        {
            _perMinute = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetSlidingWindowLimiter(key, _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = options.RequestsPerMinute, Window = s_minute, SegmentsPerWindow = Segments, QueueLimit = 0,
            }));
        }
        if (options.RequestsAtOnce > 0)
        {
            _atOnce = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions
            {
                PermitLimit = options.RequestsAtOnce, QueueLimit = 0,
            }));
        }
    }

    /// <summary>Takes a request in, to its response's end.</summary>
    /// <exception cref="ApiException">It is told to come back later: 503 where the server has too much to do, 429 where its key has.</exception>
    public void Admit(HttpContext http)
    {
        if (Volatile.Read(ref _underWay) >= _options.MaxRequests || (_options.ShedCpu < 1 && _cpu.Read() >= _options.ShedCpu))
        {
            throw new ApiException(new ApiError(503, "The server has too much to do; try again later.", ApiError.ServerError, Code: "overloaded", RetryAfter: s_soon));
        }
        Interlocked.Increment(ref _underWay);
        http.Response.RegisterForDispose(new Departure(this));
        if (_perMinute is null && _atOnce is null) { return; }
        var key = ApiKeys.CallerOf(http, _keys);
        Take(_atOnce, key, http, "You have too many requests under way.");
        Take(_perMinute, key, http, "You have made too many requests.");
    }

    public void Dispose()
    {
        _perMinute?.Dispose();
        _atOnce?.Dispose();
    }

    private static void Take(PartitionedRateLimiter<string>? limiter, string key, HttpContext http, string refusal)
    {
        if (limiter is null) { return; }
        var lease = limiter.AttemptAcquire(key);
        http.Response.RegisterForDispose(lease);
        if (lease.IsAcquired) { return; }
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var told) && told > TimeSpan.Zero ? told : s_soon;
        throw new ApiException(new ApiError(429, refusal, ApiError.RateLimited, Code: "rate_limit_exceeded", RetryAfter: wait));
    }

    private sealed class Departure(RequestLimits limits) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref limits._underWay);
    }
}
