using System.CommandLine;
using Parley.Server.Configuration;
using Parley.Sqlite.Timeline;
using Parley.Timeline;

namespace Parley.Cli;

/// <summary>The store that commands about sessions work on: the configured one, or the one that <c>--store</c> names.</summary>
internal static class StoredSessions
{
    public static Option<string?> Path() => new("--store") { Description = "The database; the configured one without." };

    /// <summary>Opens the database.</summary>
    /// <returns>Null where none is named and nothing was ever stored.</returns>
    /// <exception cref="UsageException">The file that was named does not exist.</exception>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public static SqliteSessionStore? Open(string? path)
    {
        var options = ParleyServices.Store(ParleyConfiguration.FromEnvironment());
        options.Path = path ?? options.Path;
        if (File.Exists(options.ResolvePath())) { return SqliteSessionStore.Open(options, TimeProvider.System); }
        return path is null ? null : throw new UsageException($"There is no store {path}.");
    }

    public static UsageException Unknown(string session) => new($"There is no session {session}.");
}
