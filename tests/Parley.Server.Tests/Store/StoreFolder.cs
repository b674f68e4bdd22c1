using Parley.Sqlite.Timeline;
using Parley.Timeline;

namespace Parley.Server.Tests.Store;

/// <summary>A folder of its own for a test's database.</summary>
internal sealed class StoreFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("parley-store-").FullName;

    /// <summary>The database, in a folder that does not exist yet.</summary>
    public string Database => System.IO.Path.Combine(Path, "data", "parley.db");

    public StoreOptions Options => new() { Path = Database, BusyTimeout = TimeSpan.FromMilliseconds(20), RetryDelay = TimeSpan.FromMilliseconds(20) };

    public SqliteSessionStore Open(TimeProvider? time = null) => SqliteSessionStore.Open(Options, time ?? TimeProvider.System);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public static void SkipWithoutSqlite()
    {
        var probe = SqliteProbe.Of(new StoreOptions { Path = "/nowhere/parley.db" });
        if (!probe.Usable) { Assert.Skip($"{probe.Detail} {probe.Remedy}"); }
    }
}
