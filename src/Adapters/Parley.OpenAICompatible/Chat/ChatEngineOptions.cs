using System.ComponentModel.DataAnnotations;
using Parley.Policy;

namespace Parley.OpenAICompatible.Chat;

/// <summary>A language model on one of the upstreams (<c>Parley:Chat:NAME</c>).</summary>
public sealed class ChatEngineOptions
{
    /// <summary>The name of its server under <c>Parley:Upstreams</c>.</summary>
    /// <value>The default is the engine's own name.</value>
    public string? Upstream { get; set; }

    /// <summary>The model to ask for, unless a call names another.</summary>
    /// <value>The default is "default", which servers of a single model accept.</value>
    [Required(ErrorMessage = "Model must be set.")]
    public string Model { get; set; } = "default";

    /// <summary>From the request to the first token; connecting counts.</summary>
    /// <value>The default is 15 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00", ErrorMessage = "FirstTokenTimeout must be 0.1 seconds to 5 minutes.")]
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest silence between two tokens.</summary>
    /// <value>The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00", ErrorMessage = "IdleTimeout must be 0.1 seconds to 5 minutes.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest reply in tokens, unless a call sets its own; null leaves it to the server.</summary>
    /// <value>The default is 300: about two minutes of speech.</value>
    [Range(1, 100_000, ErrorMessage = "MaxOutputTokens must be 1 to 100000.")]
    public int? MaxOutputTokens { get; set; } = 300;

    /// <summary>Sends the limit as <c>max_completion_tokens</c>, which newer models demand, instead of <c>max_tokens</c>, which all servers know.</summary>
    /// <value>The default is false.</value>
    public bool UseMaxCompletionTokens { get; set; }

    /// <summary>The sampling temperature, unless a call sets its own; null leaves it to the server.</summary>
    /// <value>The default is 0.7.</value>
    [Range(0f, 2f, ErrorMessage = "Temperature must be 0 to 2.")]
    public float? Temperature { get; set; } = 0.7f;

    /// <summary>Asks for token counts at the end of the stream. Turn it off for a server that refuses <c>stream_options</c>.</summary>
    /// <value>The default is true.</value>
    public bool IncludeUsage { get; set; } = true;

    /// <summary>The most bytes of one answer; a server that sends more is cut off.</summary>
    /// <value>The default is 8 MiB.</value>
    [Range(4096, 1 << 30, ErrorMessage = "MaxResponseBytes must be 4096 to 1 GiB.")]
    public int MaxResponseBytes { get; set; } = 8 << 20;

    /// <summary>How long the model may be unused until it is asked for one token, so that its server keeps it loaded; it is asked at start too. 0: never.</summary>
    /// <value>The default is null: 4 minutes on a local server, never on a remote one.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = "WarmUpInterval must be 0 to 1 day.")]
    public TimeSpan? WarmUpInterval { get; set; }

    /// <summary>What is known of it.</summary>
    /// <value>The default is an engine that is local where its server's address is this machine's.</value>
    public EngineAttributes Attributes { get; } = new() { Local = false };
}
