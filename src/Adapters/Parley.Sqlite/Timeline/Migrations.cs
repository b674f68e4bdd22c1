using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Timeline;

namespace Parley.Sqlite.Timeline;

/// <summary>The schema, as the SQL files beside this one: <c>0001.sql</c> makes version 1 of an empty file, and so on.</summary>
internal static class Migrations
{
    /// <summary>The version that this build reads and writes.</summary>
    public const int Version = 1;

    /// <exception cref="StoreException">The database is none that this build can use.</exception>
    public static void Check(SqliteConnection connection)
    {
        var version = VersionOf(connection);
        if (version > Version)
        {
            throw new StoreException(
                $"{connection.DataSource} has version {version}, of a newer Parley; this one knows up to {Version}. Update Parley, or set another Parley:Store:Path.");
        }
        if (version == 0 && connection.Number("SELECT count(*) FROM sqlite_master") > 0)
        {
            throw new StoreException($"{connection.DataSource} is the database of another program. Set another Parley:Store:Path.");
        }
    }

    /// <summary>Brings the database to <see cref="Version"/>; of several processes that try at once, one does it. A failure leaves it to
    /// whoever closes the connection to roll back.</summary>
    public static void Apply(SqliteConnection connection)
    {
        if (VersionOf(connection) == Version) { return; }
        connection.Execute("BEGIN IMMEDIATE");
        for (var version = VersionOf(connection) + 1; version <= Version; version++)
        {
            connection.Execute(Read(version));
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
        }
        connection.Execute("COMMIT");
    }

    private static long VersionOf(SqliteConnection connection) => connection.Number("PRAGMA user_version");

    private static string Read(long version)
    {
        using var file = typeof(Migrations).Assembly.GetManifestResourceStream(string.Create(CultureInfo.InvariantCulture, $"{version:0000}.sql"))!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
