using System.Text.Json;
using Parley.Timeline;

namespace Parley.Server.Api.Operations;

/// <summary>Part of a stored timeline as JSON: <c>data</c>, and <c>next</c>, the number to go on after, where there is more.</summary>
internal static class TimelinePage
{
    /// <summary>What the pipeline noted for each window of 32 ms: too much to look at, so it is left out unless it is asked for.</summary>
    private static readonly string[] s_fine = [TimelineKinds.Window, TimelineKinds.Windows, TimelineKinds.Sound, TimelineKinds.Position, TimelineKinds.TurnSignals];

    /// <param name="store">Where the session is.</param>
    /// <param name="sessionId">Which.</param>
    /// <param name="after">Only entries with a higher number.</param>
    /// <param name="limit">So many at most.</param>
    /// <param name="withAll">Also the entries of single windows.</param>
    /// <param name="output">Takes the JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteAsync(ISessionStore store, string sessionId, long after, int limit, bool withAll, Stream output, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartArray("data");
        var (count, last, hasMore) = (0, after, false);
        await foreach (var entry in store.ReadAsync(sessionId, after: after, cancellationToken: cancellationToken))
        {
            if (!withAll && s_fine.Contains(entry.Kind)) { continue; }
            if (count == limit)
            {
                hasMore = true;
                break;
            }
            Write(json, entry);
            (count, last) = (count + 1, entry.Number);
            if (json.BytesPending > 1 << 16) { await json.FlushAsync(cancellationToken); }
        }
        json.WriteEndArray();
        if (hasMore) { json.WriteNumber("next", last); }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, StoredEntry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("number", entry.Number);
        json.WriteNumber("at_ms", Math.Round(entry.At.TotalMilliseconds, 1));
        json.WriteString("kind", entry.Kind);
        if (entry.Kind == TimelineKinds.Audio)
        {
            json.WriteNumber("samples", entry.Data.Length / sizeof(short));
        }
        else if (!entry.Data.IsEmpty)
        {
            json.WritePropertyName("data");
            json.WriteRawValue(entry.Data.Span);
        }
        json.WriteEndObject();
    }
}
