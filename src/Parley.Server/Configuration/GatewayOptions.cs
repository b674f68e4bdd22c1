using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Configuration;

/// <summary>The OpenAI-compatible endpoints (<c>Parley:Gateway</c>).</summary>
public sealed class GatewayOptions
{
    /// <summary>The keys that clients may show; none: whoever reaches the server may use it.</summary>
    /// <value>The default is none.</value>
    public IList<string> ApiKeys { get; } = [];

    /// <summary>An environment variable that holds further keys, separated by commas.</summary>
    /// <value>The default is <c>PARLEY_API_KEYS</c>.</value>
    [Required]
    public string ApiKeysEnvironmentVariable { get; set; } = "PARLEY_API_KEYS";

    /// <summary>Keys that also open the operator's endpoints, <c>/v1/ops</c>. Without any, only this machine may read them, and only where no other keys are set.</summary>
    /// <value>The default is none.</value>
    public IList<string> OperatorKeys { get; } = [];

    /// <summary>An environment variable that holds further operators' keys, separated by commas.</summary>
    /// <value>The default is <c>PARLEY_OPERATOR_KEYS</c>.</value>
    [Required]
    public string OperatorKeysEnvironmentVariable { get; set; } = "PARLEY_OPERATOR_KEYS";

    /// <summary>Other names of models: what clients call them → a model of <c>/v1/models</c>.</summary>
    /// <value>The default is none.</value>
    public IDictionary<string, string> Aliases { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The longest body of a chat request, in bytes; a longer one is refused before it is read.</summary>
    /// <value>The default is 10 MiB: a long conversation with a few images.</value>
    [Range(1024, 1 << 30, ErrorMessage = "MaxBodyBytes must be 1024 to 1073741824.")]
    public int MaxBodyBytes { get; set; } = 10 << 20;

    /// <summary>How long a client may take to send the body of a chat request.</summary>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "BodyTimeout must be 0.1 second to 10 minutes.")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
