using System.ComponentModel.DataAnnotations;
using Parley.OpenAICompatible.Http;

namespace Parley.OpenAICompatible.Chat;

/// <summary>A language model and its server in one: the short form of an upstream and a chat engine on it, both of the name <c>openai</c>.</summary>
public sealed class OpenAIChatOptions
{
    /// <summary>The server's base address with its version, such as <c>http://localhost:11434/v1</c>; "/chat/completions" is appended.</summary>
    /// <value>The default is null: not configured.</value>
    public Uri? BaseUrl { get; set; }

    /// <summary>The model to ask for, unless a call names another.</summary>
    /// <value>The default is "default", which servers of a single model accept.</value>
    [Required]
    public string Model { get; set; } = "default";

    /// <summary>The key, sent as a bearer token. It is never logged.</summary>
    /// <value>The default is null: the environment variable decides.</value>
    public string? ApiKey { get; set; }

    /// <summary>The environment variable that holds the key where <see cref="ApiKey"/> is null.</summary>
    /// <value>The default is null: <c>OPENAI_API_KEY</c> for api.openai.com, no key for any other server.</value>
    public string? ApiKeyEnvironmentVariable { get; set; }

    /// <summary>From the request to the first token; connecting counts.</summary>
    /// <value>The default is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest silence between two tokens.</summary>
    /// <value>The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest reply in tokens, unless a call sets its own; null leaves it to the server.</summary>
    /// <value>The default is 300: about two minutes of speech.</value>
    [Range(1, 100_000)]
    public int? MaxOutputTokens { get; set; } = 300;

    /// <summary>Sends the limit as <c>max_completion_tokens</c>, which newer models demand, instead of <c>max_tokens</c>, which all servers know.</summary>
    /// <value>The default is false.</value>
    public bool UseMaxCompletionTokens { get; set; }

    /// <summary>The sampling temperature, unless a call sets its own; null leaves it to the server.</summary>
    /// <value>The default is 0.7.</value>
    [Range(0f, 2f)]
    public float? Temperature { get; set; } = 0.7f;

    /// <summary>Asks for token counts at the end of the stream. Turn it off for a server that refuses <c>stream_options</c>.</summary>
    /// <value>The default is true.</value>
    public bool IncludeUsage { get; set; } = true;

    /// <summary>The most bytes of one answer; a server that sends more is cut off.</summary>
    /// <value>The default is 8 MiB.</value>
    [Range(4096, 1 << 30)]
    public int MaxResponseBytes { get; set; } = 8 << 20;

    /// <summary>Connections to the server at most; further calls wait within their <see cref="FirstTokenTimeout"/>.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 4096)]
    public int MaxConnections { get; set; } = 64;

    /// <summary>Connections that are opened before the first call and replaced when they are lost.</summary>
    /// <value>The default is 2; 0 opens them when they are needed.</value>
    [Range(0, 256)]
    public int WarmConnections { get; set; } = 2;

    /// <summary>How long the model may be unused until it is asked for one token, so that its server keeps it loaded; it is asked at start too. 0: never.</summary>
    /// <value>The default is null: 4 minutes on a server of this machine, never elsewhere.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan? WarmUpInterval { get; set; }

    /// <summary>Further headers, such as those of a gateway.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The server alone.</summary>
    public UpstreamOptions ToUpstream()
    {
        var upstream = new UpstreamOptions
        {
            BaseUrl = BaseUrl,
            ApiKey = ApiKey,
            ApiKeyEnvironmentVariable = ApiKeyEnvironmentVariable,
            MaxConnections = MaxConnections,
            WarmConnections = WarmConnections,
        };
        foreach (var (name, value) in Headers) { upstream.Headers[name] = value; }
        return upstream;
    }

    /// <summary>The engine alone.</summary>
    public ChatEngineOptions ToEngine() => new()
    {
        Model = Model,
        FirstTokenTimeout = FirstTokenTimeout,
        IdleTimeout = IdleTimeout,
        MaxOutputTokens = MaxOutputTokens,
        UseMaxCompletionTokens = UseMaxCompletionTokens,
        Temperature = Temperature,
        IncludeUsage = IncludeUsage,
        MaxResponseBytes = MaxResponseBytes,
        WarmUpInterval = WarmUpInterval,
        Attributes = { Local = BaseUrl?.IsLoopback ?? false },
    };
}
