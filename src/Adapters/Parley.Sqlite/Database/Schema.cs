using System.Globalization;
using Microsoft.Data.Sqlite;
using Parley.Timeline;

namespace Parley.Sqlite.Database;

/// <summary>The tables of one of our databases, as the SQL files beside its readers: <c>0001.sql</c> makes version 1 of an empty file, and so on.</summary>
/// <param name="name">The folder of those files.</param>
/// <param name="version">The version that this build reads and writes.</param>
/// <param name="setting">Where another path is set.</param>
internal sealed class Schema(string name, int version, string setting)
{
    /// <summary>Sessions and their timelines.</summary>
    public static Schema Sessions { get; } = new("Timeline", 1, "Parley:Store:Path");

    /// <summary>Learners, with what they said and what they review.</summary>
    public static Schema Learners { get; } = new("Learners", 3, "Parley:Learners:Path");

    /// <summary>Figures of sessions.</summary>
    public static Schema Figures { get; } = new("Figures", 1, "Parley:Figures:Path");

    public int Version => version;

    /// <exception cref="StoreException">The database is none that this build can use.</exception>
    public void Check(SqliteConnection connection)
    {
        var found = VersionOf(connection);
        if (found > version)
        {
            throw new StoreException(
                $"{connection.DataSource} has version {found}, of a newer Parley; this one knows up to {version}. Update Parley, or set another {setting}.");
        }
        if (found == 0 && connection.Number("SELECT count(*) FROM sqlite_master") > 0)
        {
            throw new StoreException($"{connection.DataSource} is the database of another program. Set another {setting}.");
        }
    }

    /// <summary>Brings the database to <see cref="Version"/>; of several processes that try at once, one does it. A failure leaves it to
    /// whoever closes the connection to roll back.</summary>
    public void Apply(SqliteConnection connection)
    {
        if (VersionOf(connection) == version) { return; }
        connection.Execute("BEGIN IMMEDIATE");
        for (var next = VersionOf(connection) + 1; next <= version; next++)
        {
            connection.Execute(Read(next));
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {next}"));
        }
        connection.Execute("COMMIT");
    }

    private static long VersionOf(SqliteConnection connection) => connection.Number("PRAGMA user_version");

    private string Read(long number)
    {
        using var file = typeof(Schema).Assembly.GetManifestResourceStream(string.Create(CultureInfo.InvariantCulture, $"{name}.{number:0000}.sql"))!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
