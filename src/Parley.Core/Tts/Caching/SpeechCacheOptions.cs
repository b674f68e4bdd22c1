using System.ComponentModel.DataAnnotations;

namespace Parley.Tts.Caching;

/// <summary>Speech that was made before and need not be made again (<c>Parley:SpeechCache</c>).</summary>
public sealed class SpeechCacheOptions
{
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>How much speech is kept in memory, in bytes; what was not used for longest goes first. 16 kHz takes 32 000 bytes a second.</summary>
    /// <value>The default is 64 MiB.</value>
    [Range(0L, 1L << 40, ErrorMessage = "MemoryBytes must be 0 to 1 TiB.")]
    public long MemoryBytes { get; set; } = 64L << 20;

    /// <summary>The folder in which speech outlives the process.</summary>
    /// <value>The default is <c>parley/speech</c> in <c>$XDG_CACHE_HOME</c>, else in <c>~/.cache</c>.</value>
    public string? Folder { get; set; }

    /// <summary>How much speech the folder holds; 0 keeps none there.</summary>
    /// <value>The default is 256 MiB.</value>
    [Range(0L, 1L << 40, ErrorMessage = "DiskBytes must be 0 to 1 TiB.")]
    public long DiskBytes { get; set; } = 256L << 20;

    /// <summary>Speech in the folder that nobody asked for in so long is deleted.</summary>
    /// <value>The default is 30 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00", ErrorMessage = "MaxAge must be 1 minute to 3650 days.")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Whether everything goes into the folder, also what was said to one learner alone; otherwise only the lines that every learner hears.</summary>
    /// <value>The default is false.</value>
    public bool StoreEverything { get; set; }

    /// <summary>Whether the fixed lines are spoken in the background after the start, where they are not in the folder yet.</summary>
    /// <value>The default is true.</value>
    public bool Prefill { get; set; } = true;

    /// <summary>Clauses that may wait to be spoken before they are needed, such as the answers to what was offered; 0 speaks none beforehand.</summary>
    /// <value>The default is 64.</value>
    [Range(0, 10_000, ErrorMessage = "PrefetchQueue must be 0 to 10000.")]
    public int PrefetchQueue { get; set; } = 64;

    /// <summary>The folder, where it is.</summary>
    public string ResolveFolder()
    {
        if (Folder is { Length: > 0 } folder) { return Path.GetFullPath(folder); }
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set
            ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(cache, "parley", "speech");
    }
}
