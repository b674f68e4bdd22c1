using Microsoft.Data.Sqlite;

namespace Parley.Sqlite.Database;

internal static class SqliteConnectionExtensions
{
    /// <summary>Runs statements that have no parameters.</summary>
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The number that a statement gives.</summary>
    public static long Number(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>The rows that it changed.</returns>
    public static int Run(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Set(parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Gives a statement its parameters; null is NULL.</summary>
    public static void Set(this SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var set = command.Parameters;
        for (var i = 0; i < parameters.Length; i++)
        {
            var (name, value) = parameters[i];
            if (i < set.Count && set[i].ParameterName == name) { set[i].Value = value ?? DBNull.Value; }
            else
            {
                while (set.Count > i) { set.RemoveAt(i); }
                set.AddWithValue(name, value ?? DBNull.Value);
            }
        }
        while (set.Count > parameters.Length) { set.RemoveAt(parameters.Length); }
    }
}
