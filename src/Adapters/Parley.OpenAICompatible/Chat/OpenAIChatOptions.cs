using System.ComponentModel.DataAnnotations;

namespace Parley.OpenAICompatible.Chat;

/// <summary>A language model behind an OpenAI-compatible server.</summary>
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

    /// <summary>The environment variable that holds the key where <see cref="ApiKey"/> is null; unset, no key is sent.</summary>
    /// <value>The default is "OPENAI_API_KEY".</value>
    public string ApiKeyEnvironmentVariable { get; set; } = "OPENAI_API_KEY";

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

    /// <summary>Further headers, such as those of a gateway.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);
}
