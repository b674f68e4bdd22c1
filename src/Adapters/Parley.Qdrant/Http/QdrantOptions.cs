using System.ComponentModel.DataAnnotations;
using Parley.Diagnostics;

namespace Parley.Qdrant.Http;

/// <summary>The Qdrant server that memories are kept on where <c>Parley:Learners:Memory</c> is <c>qdrant</c> (<c>Parley:Qdrant</c>).</summary>
public sealed class QdrantOptions
{
    /// <summary>Its address.</summary>
    /// <value>The default is http://localhost:6333.</value>
    [Required(ErrorMessage = "Url must be set.")]
    [Address("http", "https", ErrorMessage = "Url must be an absolute address that begins with http:// or https://.")]
    public Uri Url { get; set; } = new("http://localhost:6333");

    /// <summary>The key. It is sent to this server alone and never logged.</summary>
    /// <value>The default is null: the environment variable decides.</value>
    public string? ApiKey { get; set; }

    /// <summary>The environment variable that holds the key where <see cref="ApiKey"/> is null.</summary>
    /// <value>The default is <c>QDRANT_API_KEY</c>; where it is not set no key is sent.</value>
    public string? ApiKeyEnvironmentVariable { get; set; } = "QDRANT_API_KEY";

    /// <summary>How the names of the collections begin; each embedder has one. All collections of such a name are this server's: who is deleted is deleted in each.</summary>
    /// <value>The default is <c>parley-learners</c>.</value>
    [RegularExpression("^[A-Za-z0-9_-]{1,64}$", ErrorMessage = "Collections must be 1 to 64 letters, digits, hyphens or underscores.")]
    public string Collections { get; set; } = "parley-learners";

    /// <summary>How long one try of a call may take; connecting counts.</summary>
    /// <value>The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ErrorMessage = "Timeout must be 0.05 to 60 seconds.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Further tries after the server could not be reached or was busy.</summary>
    /// <value>The default is 2.</value>
    [Range(0, 5, ErrorMessage = "Retries must be 0 to 5.")]
    public int Retries { get; set; } = 2;

    /// <summary>How long the server is left alone when calls keep failing.</summary>
    /// <value>The default is 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Rest must be 1 second to 10 minutes.")]
    public TimeSpan Rest { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Memories a call at most; more are sent in several calls, one after the other.</summary>
    /// <value>The default is 64.</value>
    [Range(1, 1000, ErrorMessage = "MaxBatch must be 1 to 1000.")]
    public int MaxBatch { get; set; } = 64;
}
