using System.ComponentModel.DataAnnotations;
using Parley.Timeline;

namespace Parley.Learning.Learners;

/// <summary>Where learners are kept (<c>Parley:Learners</c>).</summary>
public sealed class LearnerStoreOptions
{
    /// <summary>The embedder that needs no model.</summary>
    public const string BuiltInEmbedder = "lexical";

    /// <summary>Whether learners are remembered from one conversation to the next.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The database file; its folder is created where it is missing.</summary>
    /// <value>The default is <c>parley/learners.db</c> in <c>$XDG_DATA_HOME</c>, or in <c>~/.local/share</c> where that is not set.</value>
    public string? Path { get; set; }

    /// <summary>How long a write or read waits for another program that has the database locked.</summary>
    /// <value>The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "BusyTimeout must be 1 second to 1 minute.")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>What turns texts into vectors, for what is remembered and for how turns hang together: <c>lexical</c>, which needs no model and goes by words, or the name
    /// of an engine under <c>Parley:SentenceTransformer</c> or <c>Parley:Embedding</c>, which is then sent what learners say.</summary>
    /// <value>The default is <c>lexical</c>.</value>
    [Required(ErrorMessage = "Embedder must be set.")]
    public string Embedder { get; set; } = BuiltInEmbedder;

    /// <summary>Where memories are searched: <c>embedded</c>, in this process, or <c>qdrant</c>, on the server of <c>Parley:Qdrant</c>; they are kept in the database too.</summary>
    /// <value>The default is <c>embedded</c>.</value>
    [AllowedValues("embedded", "qdrant", ErrorMessage = "Memory must be embedded or qdrant.")]
    public string Memory { get; set; } = "embedded";

    /// <summary>The full path of the database.</summary>
    /// <exception cref="StoreException">None is set, and this user has no place for data.</exception>
    public string ResolvePath()
    {
        if (!string.IsNullOrWhiteSpace(Path)) { return System.IO.Path.GetFullPath(Path); }
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0
            ? System.IO.Path.Combine(data, "parley", "learners.db")
            : throw new StoreException("This user has no home to keep learners in: set Parley:Learners:Path.");
    }
}
