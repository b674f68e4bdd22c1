using System.Net;
using System.Net.Http.Headers;
using System.Net.Quic;
using Parley.Diagnostics;

namespace Parley.OpenAICompatible.Http;

/// <summary>
/// A server and the one pool of connections to it that all its engines share. Connections are made before they are needed and kept: those that
/// are lost, to a cancelled call or to the server, are replaced at once, so that a turn does not begin with a handshake.
/// </summary>
/// <remarks>Thread-safe. It follows no redirects and keeps no cookies, so what is meant for this server reaches no other.</remarks>
public sealed class Upstream : IDisposable
{
    private static readonly TimeSpan s_pingDelay = TimeSpan.FromSeconds(15), s_pingTimeout = TimeSpan.FromSeconds(10);

    private readonly UpstreamOptions _options;
    private readonly string _base;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly HttpMessageInvoker _http;
    private readonly ConnectionCount _connections;
    private readonly KeepWarm _warmth;

    /// <exception cref="VoiceException">There is no base address, the key is none, or HTTP/3 is asked for and cannot be had.</exception>
    internal Upstream(string name, UpstreamOptions options, TimeProvider time)
    {
        var url = options.BaseUrl is { IsAbsoluteUri: true } address ? address
            : throw new VoiceException(VoiceStage.Transport, $"Upstream {name}: the base address (BaseUrl) is not set.");
        if (options.HttpVersion == "3" && !HasQuic())
        {
            throw new VoiceException(VoiceStage.Transport, $"Upstream {name}: HTTP/3 needs libmsquic; install it or set HttpVersion to auto.") { Class = FailureClass.Resource };
        }
        (Name, _options, _base) = (name, options, url.AbsoluteUri.TrimEnd('/'));
        _authorization = UpstreamKey.Of(options) is { } key ? new AuthenticationHeaderValue("Bearer", key) : null;
        _connections = new ConnectionCount(() => _warmth?.ConnectionLost(), url.Scheme == Uri.UriSchemeHttps);
        _http = new HttpMessageInvoker(Handler(options, _connections));
        _warmth = new KeepWarm(this, options, _connections, time);
    }

    public string Name { get; }

    public Uri BaseUrl => new(_base);

    /// <summary>TCP connections made since the beginning; those of HTTP/3 are none.</summary>
    public long ConnectionsOpened => _connections.Opened;

    /// <summary>TCP connections open now.</summary>
    public int ConnectionsOpen => _connections.Open;

    /// <summary>Ends when the first attempt to open the warm connections and to load the models has ended, well or not.</summary>
    public Task Warm => _warmth.First;

    /// <summary>Models that are loaded before the first call.</summary>
    internal KeepWarm Warmth => _warmth;

    /// <summary>A request for this server alone, with its key and headers.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Appended to the base address; with a slash in front it counts from the host.</param>
    internal HttpRequestMessage Request(HttpMethod method, string path) => Request(method, Address(path));

    /// <summary>The same to an <see cref="Address"/> that the caller has kept: making one costs more than the rest.</summary>
    internal HttpRequestMessage Request(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        (request.Version, request.VersionPolicy) = _options.HttpVersion switch
        {
            "1.1" => (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact),
            "2" => (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact),
            "3" => (HttpVersion.Version30, HttpVersionPolicy.RequestVersionExact),
            _ => (HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower),
        };
        request.Headers.Authorization = _authorization;
        foreach (var (name, value) in _options.Headers) { request.Headers.TryAddWithoutValidation(name, value); }
        return request;
    }

    /// <summary>Sends; the answer is there once its headers are. Timeouts are the caller's (<see cref="StallGuard"/>).</summary>
    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _http.SendAsync(request, cancellationToken);

    /// <summary>The cheap request, which any server answers somehow.</summary>
    internal async Task<HttpResponseMessage> AskAsync(CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, _options.WarmPath);
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Closes all connections; waits for the work that keeps them warm.</summary>
    public void Dispose()
    {
        _warmth.Dispose();
        _http.Dispose();
    }

    /// <summary>Where a path is: below the base address, or with a slash in front on its host.</summary>
    internal Uri Address(string path) => path.StartsWith('/') ? new Uri(new Uri(_base), path) : new Uri($"{_base}/{path}");

    // Connections are not renewed by age: that would put handshakes into turns. A server that moves shows as a broken connection, and
    // the next one looks its name up anew.
    private static SocketsHttpHandler Handler(UpstreamOptions options, ConnectionCount connections) => new()
    {
        ConnectCallback = connections.ConnectAsync,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
        PooledConnectionIdleTimeout = options.KeepWarmInterval * 4,
        ConnectTimeout = options.ConnectTimeout,
        KeepAlivePingDelay = s_pingDelay,
        KeepAlivePingTimeout = s_pingTimeout,
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.Always,
        EnableMultipleHttp2Connections = true,
        MaxConnectionsPerServer = options.MaxConnections,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    };

    private static bool HasQuic() => (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) && QuicConnection.IsSupported;
}
