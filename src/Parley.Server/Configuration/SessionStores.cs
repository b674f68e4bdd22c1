using Microsoft.Extensions.Logging;
using Parley.Diagnostics;
using Parley.Sqlite.Timeline;
using Parley.Timeline;

namespace Parley.Server.Configuration;

/// <summary>Opens the store of a server, which runs without one on disk rather than not at all.</summary>
public static partial class SessionStores
{
    /// <summary>The database; memory if it is turned off; memory, with the reason in its status, if it cannot be used.</summary>
    public static ISessionStore Open(StoreOptions options, TimeProvider time, ParleyMetrics metrics, ILogger<SqliteSessionStore> logger)
    {
        if (!options.Enabled) { return new InMemorySessionStore(time); }
        try
        {
            return SqliteSessionStore.Open(options, time, metrics, logger);
        }
        catch (StoreException e)
        {
            LogInMemory(logger, e.Message);
            return new InMemorySessionStore(time, insteadOf: $"Sessions are kept in memory only. {e.Message}");
        }
    }

    [LoggerMessage(LogLevel.Error, "Sessions are kept in memory only. {Why}")]
    private static partial void LogInMemory(ILogger logger, string why);
}
