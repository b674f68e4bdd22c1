using System.ComponentModel.DataAnnotations;
using Parley.Policy;

namespace Parley.OpenAICompatible.Embeddings;

/// <summary>An embedding model on one of the upstreams (<c>Parley:Embedding:NAME</c>).</summary>
public sealed class EmbeddingEngineOptions
{
    /// <summary>The name of its server under <c>Parley:Upstreams</c>.</summary>
    /// <value>The default is the engine's own name.</value>
    public string? Upstream { get; set; }

    /// <summary>The model to ask for.</summary>
    /// <value>The default is "default", which servers of a single model accept.</value>
    [Required(ErrorMessage = "Model must be set.")]
    public string Model { get; set; } = "default";

    /// <summary>Texts a call at most; more are sent in several calls, one after the other.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 2048, ErrorMessage = "MaxBatch must be 1 to 2048.")]
    public int MaxBatch { get; set; } = 64;

    /// <summary>How long a call may take; connecting counts.</summary>
    /// <value>The default is 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ErrorMessage = "Timeout must be 0.1 seconds to 10 minutes.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes of one answer; a server that sends more is cut off.</summary>
    /// <value>The default is 64 MiB.</value>
    [Range(4096, 1 << 30, ErrorMessage = "MaxResponseBytes must be 4096 to 1 GiB.")]
    public int MaxResponseBytes { get; set; } = 64 << 20;

    /// <summary>What is known of it.</summary>
    /// <value>The default is an engine that is local where its server's address is this machine's.</value>
    public EngineAttributes Attributes { get; } = new() { Local = false };
}
