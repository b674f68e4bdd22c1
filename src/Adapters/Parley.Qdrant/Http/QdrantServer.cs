using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Diagnostics;
using Parley.Timeline;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Parley.Qdrant.Http;

/// <summary>A Qdrant server: sends a call, tries it again while nothing came of it, and leaves the server alone when calls keep failing.</summary>
/// <remarks>
/// Thread-safe. Every call that is sent may be sent twice with the same end. Failures are a <see cref="StoreException"/>; neither what was said nor the key is in its message.
/// </remarks>
public sealed class QdrantServer : IDisposable
{
    private const long MaxAnswer = 64 << 20;

    private static readonly TimeSpan s_retryDelay = TimeSpan.FromMilliseconds(100), s_sampling = TimeSpan.FromSeconds(30), s_idle = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http;
    private readonly ResiliencePipeline _tries;

    /// <param name="options">Where it is.</param>
    /// <param name="time">The clock of timeouts and rests.</param>
    /// <exception cref="VoiceException">The key is none.</exception>
    public QdrantServer(QdrantOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionIdleTimeout = s_idle })
        {
            BaseAddress = new Uri(options.Url.AbsoluteUri.TrimEnd('/') + "/"),
            MaxResponseContentBufferSize = MaxAnswer,
            // The pipeline's timeout goes by the clock that was given.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (EngineKey.Read(options.ApiKey, options.ApiKeyEnvironmentVariable) is { } key) { _http.DefaultRequestHeaders.Add("api-key", key); }
        _tries = Pipeline(options, time);
    }

    internal QdrantOptions Options { get; }

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a call and reads its answer.</summary>
    /// <returns>The result; null where the server has nothing of that name (404).</returns>
    /// <exception cref="StoreException">It cannot be reached, is busy, or refuses.</exception>
    internal async Task<TResult?> SendAsync<TBody, TResult>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<Answer<TResult>> resultType, CancellationToken cancellationToken) where TResult : class =>
        await TryAsync(
            method, path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType),
            async (answer, token) => (await JsonSerializer.DeserializeAsync(answer, resultType, token))?.Result ?? throw new JsonException(), cancellationToken);

    /// <summary>Asks for something.</summary>
    internal Task<TResult?> GetAsync<TResult>(string path, JsonTypeInfo<Answer<TResult>> resultType, CancellationToken cancellationToken) where TResult : class => TryAsync(
        HttpMethod.Get, path, null, async (answer, token) => (await JsonSerializer.DeserializeAsync(answer, resultType, token))?.Result ?? throw new JsonException(), cancellationToken);

    /// <summary>Has something done.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Below the address.</param>
    /// <param name="body">What it takes.</param>
    /// <param name="bodyType">Its type.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False: the server has nothing of that name (404).</returns>
    internal async Task<bool> DoAsync<TBody>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken) =>
        await TryAsync(method, path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), (_, _) => ValueTask.FromResult("done"), cancellationToken) is not null;

    private async Task<TResult?> TryAsync<TResult>(
        HttpMethod method, string path, byte[]? body, Func<Stream, CancellationToken, ValueTask<TResult>> read, CancellationToken cancellationToken) where TResult : class
    {
        try
        {
            return await _tries.ExecuteAsync(async token => await OnceAsync(method, path, body, read, token), cancellationToken);
        }
        catch (BrokenCircuitException e)
        {
            throw new StoreException("Qdrant failed several times and is left alone for a while.", e);
        }
        catch (TimeoutRejectedException e)
        {
            throw new StoreException("Qdrant does not answer in time.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new StoreException("Qdrant cannot be reached.", e);
        }
        catch (BusyException e)
        {
            throw new StoreException($"Qdrant cannot answer now ({(int)e.Status}).", e);
        }
        catch (JsonException e)
        {
            throw new StoreException("What answers there does not speak Qdrant's language.", e);
        }
    }

    private async ValueTask<TResult?> OnceAsync<TResult>(
        HttpMethod method, string path, byte[]? body, Func<Stream, CancellationToken, ValueTask<TResult>> read, CancellationToken cancellationToken) where TResult : class
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) { request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }; }
        using var response = await _http.SendAsync(request, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound: return null;
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError: throw new BusyException(response.StatusCode);
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden: throw new StoreException("Qdrant wants another key: set Parley:Qdrant:ApiKey, or the variable that it names.");
            case >= HttpStatusCode.Ambiguous: throw new StoreException($"Qdrant refuses a call ({(int)response.StatusCode}).");
        }
        await using var answer = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await read(answer, cancellationToken);
    }

    private static ResiliencePipeline Pipeline(QdrantOptions options, TimeProvider time)
    {
        var failures = new PredicateBuilder().Handle<HttpRequestException>().Handle<IOException>().Handle<TimeoutRejectedException>().Handle<BusyException>();
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.Retries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries, Delay = s_retryDelay, BackoffType = DelayBackoffType.Exponential, UseJitter = true, ShouldHandle = failures,
            });
        }
        return pipeline
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions { FailureRatio = 0.5, MinimumThroughput = 3, SamplingDuration = s_sampling, BreakDuration = options.Rest, ShouldHandle = failures })
            .AddTimeout(options.Timeout)
            .Build();
    }

    /// <summary>The server will not answer now, and may later.</summary>
    private sealed class BusyException(HttpStatusCode status) : Exception
    {
        public HttpStatusCode Status => status;
    }
}
