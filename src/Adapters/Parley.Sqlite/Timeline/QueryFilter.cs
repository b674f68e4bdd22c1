using System.Text.Json.Nodes;
using Parley.Sqlite.Database;
using Parley.Timeline;

namespace Parley.Sqlite.Timeline;

/// <summary>A <see cref="SessionQuery"/> in SQL.</summary>
internal static class QueryFilter
{
    public const string Sql = """
        WHERE ($id IS NULL OR id = $id)
          AND ($learner IS NULL OR learner_id = $learner)
          AND ($before IS NULL OR (written_at < $before AND id NOT IN (SELECT value FROM json_each($running))))
        ORDER BY started_at DESC, key DESC LIMIT $limit
        """;

    public static (string Name, object? Value)[] Parameters(SessionQuery query, IEnumerable<string> running) =>
    [
        ("$id", query.SessionId),
        ("$learner", query.LearnerId),
        ("$before", query.Before is { } before ? SqliteTime.Format(before) : null),
        ("$running", new JsonArray([.. running.Select(id => JsonValue.Create(id))]).ToJsonString()),
        ("$limit", query.Limit ?? -1),
    ];
}
