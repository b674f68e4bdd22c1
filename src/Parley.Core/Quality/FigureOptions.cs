using System.ComponentModel.DataAnnotations;
using Parley.Timeline;

namespace Parley.Quality;

/// <summary>Whether, where and how long figures of sessions are kept (<c>Parley:Figures</c>).</summary>
public sealed class FigureOptions
{
    /// <summary>Whether they are kept. Without, there are no reports on quality and experiments.</summary>
    /// <value>The default is true; where sessions are not kept either and no <see cref="Path"/> is set, false.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The database file; its folder is created where it is missing.</summary>
    /// <value>The default is <c>figures.db</c> beside the sessions' database.</value>
    public string? Path { get; set; }

    /// <summary>Figures of sessions that began longer ago are deleted.</summary>
    /// <value>The default is 180 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ErrorMessage = "Retention must be 1 to 3650 days.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Of more sessions than this, the oldest are deleted.</summary>
    /// <value>The default is 200 000.</value>
    [Range(100, 10_000_000, ErrorMessage = "MaxSessions must be 100 to 10000000.")]
    public int MaxSessions { get; set; } = 200_000;

    /// <summary>How long a write or read waits for another program that has the database locked.</summary>
    /// <value>The default is 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "BusyTimeout must be 1 second to 1 minute.")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The full path of the database.</summary>
    /// <exception cref="StoreException">None is set.</exception>
    public string ResolvePath() => !string.IsNullOrWhiteSpace(Path) ? System.IO.Path.GetFullPath(Path) : throw new StoreException("There is no place to keep figures in: set Parley:Figures:Path.");
}
