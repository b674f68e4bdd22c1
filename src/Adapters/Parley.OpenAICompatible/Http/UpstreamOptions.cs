using System.ComponentModel.DataAnnotations;
using Parley.Diagnostics;

namespace Parley.OpenAICompatible.Http;

/// <summary>A server that engines use, however many of them (<c>Parley:Upstreams:NAME</c>): its address, its key, its connections.</summary>
public sealed class UpstreamOptions
{
    /// <summary>The base address with its version, such as <c>http://localhost:11434/v1</c>; the engines append their paths.</summary>
    /// <value>The default is null; it must be set.</value>
    [Required(ErrorMessage = "BaseUrl must be set, such as http://localhost:11434/v1.")]
    [Address("http", "https", ErrorMessage = "BaseUrl must be an absolute address that begins with http:// or https://.")]
    public Uri? BaseUrl { get; set; }

    /// <summary>The key, sent to this server alone as a bearer token. It is never logged.</summary>
    /// <value>The default is null: the environment variable decides.</value>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The environment variable that holds the key where <see cref="ApiKey"/> is null. One that is named but not set makes the engines of this
    /// server unavailable.
    /// </summary>
    /// <value>The default is null: <c>OPENAI_API_KEY</c> for api.openai.com, no key for any other server.</value>
    public string? ApiKeyEnvironmentVariable { get; set; }

    /// <summary>Further headers, such as those of a gateway.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The version of HTTP: <c>auto</c> is 2 where the server offers it over TLS, else 1.1; <c>2</c> needs no offer, so it works without TLS too;
    /// <c>3</c> needs libmsquic.
    /// </summary>
    /// <value>The default is <c>auto</c>.</value>
    [AllowedValues("auto", "1.1", "2", "3", ErrorMessage = "HttpVersion must be auto, 1.1, 2 or 3.")]
    public string HttpVersion { get; set; } = "auto";

    /// <summary>Connections at most; further calls wait within their timeouts.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 4096, ErrorMessage = "MaxConnections must be 1 to 4096.")]
    public int MaxConnections { get; set; } = 64;

    /// <summary>Connections that are opened before the first call and replaced when they are lost, within <see cref="MaxConnections"/>; one is enough where the server speaks HTTP/2.</summary>
    /// <value>The default is 2; 0 opens them when they are needed.</value>
    [Range(0, 256, ErrorMessage = "WarmConnections must be 0 to 256.")]
    public int WarmConnections { get; set; } = 2;

    /// <summary>How often the warm connections are used for a cheap request, so that neither side nor anything between them closes them.</summary>
    /// <value>The default is 25 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "KeepWarmInterval must be 1 second to 1 hour.")]
    public TimeSpan KeepWarmInterval { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// What the cheap request gets, appended to <see cref="BaseUrl"/>; any answer will do, also 404. With a slash in front it counts from the host. Probes ask
    /// for it too; to them a server that answers 429 or 5xx is not there.
    /// </summary>
    /// <value>The default is "models".</value>
    public string WarmPath { get; set; } = "models";

    /// <summary>How long a connection may take to be made.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "ConnectTimeout must be 0.1 to 60 seconds.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
