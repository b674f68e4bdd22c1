using System.ComponentModel.DataAnnotations;
using Parley.Diagnostics;
using Parley.Policy;

namespace Parley.WebSockets.DashScope;

/// <summary>A recogniser of Alibaba Cloud's Model Studio, such as Paraformer, that hears while the speaker speaks (<c>Parley:DashScope:NAME</c>).</summary>
public sealed class DashScopeOptions
{
    /// <summary>The service's address.</summary>
    /// <value>The default is wss://dashscope.aliyuncs.com/api-ws/v1/inference.</value>
    [Required(ErrorMessage = "Url must be set.")]
    [Address("wss", "ws", ErrorMessage = "Url must be an absolute address that begins with wss:// or ws://.")]
    public Uri Url { get; set; } = new("wss://dashscope.aliyuncs.com/api-ws/v1/inference");

    /// <summary>The key. It is never logged.</summary>
    /// <value>The default is null: the environment variable decides.</value>
    public string? ApiKey { get; set; }

    /// <summary>The environment variable that holds the key where <see cref="ApiKey"/> is null.</summary>
    /// <value>The default is "DASHSCOPE_API_KEY".</value>
    [Required(ErrorMessage = "ApiKeyEnvironmentVariable must be set.")]
    public string ApiKeyEnvironmentVariable { get; set; } = "DASHSCOPE_API_KEY";

    /// <summary>The model to ask for.</summary>
    /// <value>The default is "paraformer-realtime-v2".</value>
    [Required(ErrorMessage = "Model must be set.")]
    public string Model { get; set; } = "paraformer-realtime-v2";

    /// <summary>Connections that wait for the next utterance.</summary>
    /// <value>The default is 1.</value>
    [Range(0, 64, ErrorMessage = "WarmConnections must be 0 to 64.")]
    public int WarmConnections { get; set; } = 1;

    /// <summary>How long a connection may take to be made.</summary>
    /// <value>The default is 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00", ErrorMessage = "ConnectTimeout must be 0.1 to 60 seconds.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>From the end of the audio to the final transcript, and from the begin to the service's readiness.</summary>
    /// <value>The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00", ErrorMessage = "Timeout must be 0.1 seconds to 2 minutes.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The confidence of its transcripts, which it does not tell.</summary>
    /// <value>The default is 0.85.</value>
    [Range(0d, 1d, ErrorMessage = "Confidence must be 0 to 1.")]
    public double Confidence { get; set; } = 0.85;

    /// <summary>What is known of it.</summary>
    /// <value>The default is a remote engine.</value>
    public EngineAttributes Attributes { get; } = new() { Local = false };
}
