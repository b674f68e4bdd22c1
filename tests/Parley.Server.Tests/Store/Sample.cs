using Microsoft.Data.Sqlite;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Server.Tests.Store;

/// <summary>What the tests of the SQLite store share.</summary>
internal static class Sample
{
    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static SessionRecord Session(string id, string? learner = null) =>
        new(id, new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), new SessionConfig(), 1, "1") { LearnerId = learner };

    public static TimelineEntry Entry(long number, string text = "hello") => new(number, TimeSpan.FromMilliseconds(number), TimelineKinds.User, text);

    public static async Task<long[]> NumbersAsync(this ISessionStore store, string id)
    {
        var numbers = new List<long>();
        await foreach (var entry in store.ReadAsync(id, cancellationToken: Cancelled)) { numbers.Add(entry.Number); }
        return [.. numbers];
    }

    /// <summary>Another program's connection to the database.</summary>
    public static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Adds an entry until it is stored: for faults that have just ended.</summary>
    public static async Task<long> AppendUntilHealthyAsync(this ISessionStore store, string id, long number)
    {
        var start = TimeProvider.System.GetTimestamp();
        do
        {
            store.Append(id, Entry(number++));
            await store.FlushAsync(Cancelled);
            if (TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(30)) { throw new TimeoutException(store.Status.ToString()); }
        }
        while (!store.Status.IsHealthy);
        return number - 1;
    }
}
