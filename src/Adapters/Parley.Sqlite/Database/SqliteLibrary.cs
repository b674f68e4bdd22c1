using Parley.Diagnostics;
using Parley.Timeline;
using SQLitePCL;

namespace Parley.Sqlite.Database;

/// <summary>SQLite itself: the system's library, which gets its security fixes, instead of a copy inside a package.</summary>
internal static class SqliteLibrary
{
    internal const string Remedy = "apt-get install libsqlite3-0";

    // The name that the provider's own imports use.
    private const string Name = "e_sqlite3";

    private static readonly Lock s_lock = new();
    private static bool s_ready;

    static SqliteLibrary() => NativeLibraries.Declare(
        typeof(SQLite3Provider_e_sqlite3).Assembly, Name, "libsqlite3.so.0", "libsqlite3.dylib", "sqlite3.dll", "winsqlite3.dll");

    /// <summary>The version of the library; null if there is none.</summary>
    public static string? Version
    {
        get
        {
            if (!NativeLibraries.IsAvailable(typeof(SQLite3Provider_e_sqlite3).Assembly, Name)) { return null; }
            lock (s_lock)
            {
                if (!s_ready) { raw.SetProvider(new SQLite3Provider_e_sqlite3()); }
                s_ready = true;
            }
            return raw.sqlite3_libversion().utf8_to_string();
        }
    }

    /// <exception cref="StoreException">It is not installed, or too old.</exception>
    public static void Require()
    {
        // STRICT tables came with 3.37.
        var version = Version ?? throw new StoreException($"libsqlite3 was not found: {Remedy}.");
        if (System.Version.Parse(version) < new Version(3, 37)) { throw new StoreException($"SQLite {version} is too old: 3.37 or later is needed."); }
    }
}
