using System.Globalization;

namespace Parley.Sqlite.Database;

/// <summary>Times as the database has them; see <c>0001.sql</c>.</summary>
internal static class SqliteTime
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">It is no time.</exception>
    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
