using System.ComponentModel.DataAnnotations;

namespace Parley.Timeline;

/// <summary>Whether, where and how long sessions are kept (<c>Parley:Store</c>).</summary>
public sealed class StoreOptions : IValidatableObject
{
    /// <summary>Whether sessions are kept on disk. Without, the newest are kept in memory, and a restart forgets them.</summary>
    /// <value>The default is true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The database file; its folder is created where it is missing.</summary>
    /// <value>The default is <c>parley/parley.db</c> in <c>$XDG_DATA_HOME</c>, or in <c>~/.local/share</c> where that is not set.</value>
    public string? Path { get; set; }

    /// <summary>Sessions that nothing was added to for so long are deleted; 0 keeps them for ever.</summary>
    /// <value>The default is 30 days.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Where all timelines together take more, the oldest sessions are deleted; 0 sets no limit.</summary>
    /// <value>The default is 0.</value>
    [Range(0, long.MaxValue, ErrorMessage = "MaxBytes must be 0 or more.")]
    public long MaxBytes { get; set; }

    /// <summary>Entries that may wait to be written; while it is full, further ones are lost and counted.</summary>
    /// <value>The default is 10 000.</value>
    [Range(100, 1_000_000, ErrorMessage = "QueueCapacity must be 100 to 1000000.")]
    public int QueueCapacity { get; set; } = 10_000;

    /// <summary>How long a write or read waits for another program that has the database locked.</summary>
    /// <value>The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "BusyTimeout must be 1 second to 1 minute.")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The pause after a write that failed, before the next attempt.</summary>
    /// <value>The default is 0.5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00", ErrorMessage = "RetryDelay must be 0.01 to 60 seconds.")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The full path of the database.</summary>
    /// <exception cref="StoreException">None is set, and this user has no place for data.</exception>
    public string ResolvePath()
    {
        if (!string.IsNullOrWhiteSpace(Path)) { return System.IO.Path.GetFullPath(Path); }
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0
            ? System.IO.Path.Combine(data, "parley", "parley.db")
            : throw new StoreException("This user has no home to keep sessions in: set Parley:Store:Path.");
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Retention != TimeSpan.Zero && (Retention < TimeSpan.FromHours(1) || Retention > TimeSpan.FromDays(36_500)))
        {
            yield return new ValidationResult("Retention must be 0, or 1 hour to 36500 days.", [nameof(Retention)]);
        }
    }
}
