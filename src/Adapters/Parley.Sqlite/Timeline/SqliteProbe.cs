using Microsoft.Data.Sqlite;
using Parley.Sqlite.Database;
using Parley.Timeline;

namespace Parley.Sqlite.Timeline;

/// <summary>What <c>doctor</c> says about the database, which it neither creates nor changes.</summary>
/// <param name="Usable">Whether sessions can be kept there.</param>
/// <param name="Version">The version of SQLite; empty where it is missing.</param>
/// <param name="Detail">What is there, or what is wrong.</param>
/// <param name="Remedy">What to do; null where it is usable.</param>
public sealed record SqliteProbe(bool Usable, string Version, string Detail, string? Remedy)
{
    /// <summary>Looks. Never throws for what it finds.</summary>
    public static SqliteProbe Of(StoreOptions options)
    {
        if (SqliteLibrary.Version is not { } version) { return new SqliteProbe(false, "", "libsqlite3 was not found", SqliteLibrary.Remedy); }
        try
        {
            SqliteLibrary.Require();
            var path = options.ResolvePath();
            if (!File.Exists(path)) { return new SqliteProbe(true, version, $"{path}, made with the first session", null); }
            using var connection = new SqliteFile(path, Schema.Sessions, options.BusyTimeout).OpenReader();
            Schema.Sessions.Check(connection);
            return new SqliteProbe(true, version, $"{path}, {connection.Number("SELECT count(*) FROM sqlite_master WHERE name = 'session'") switch
            {
                0 => "empty",
                _ => $"{connection.Number("SELECT count(*) FROM session")} sessions",
            }}", null);
        }
        catch (StoreException e)
        {
            return new SqliteProbe(false, version, e.Message, "See Parley:Store in the configuration.");
        }
        catch (SqliteException e)
        {
            return new SqliteProbe(false, version, $"{options.ResolvePath()}: {SqliteErrors.Describe(e)}", "Repair or move the file, or set another Parley:Store:Path.");
        }
    }
}
