using System.Numerics.Tensors;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.Learning.Tests.Qdrant;

/// <summary>A server that speaks the part of Qdrant's REST API that Parley uses, as its reference (1.12) describes it, and refuses every call of another shape.</summary>
internal sealed class QdrantDouble : IAsyncDisposable
{
    private const string Key = "s3cret";

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Collection> _collections = new(StringComparer.Ordinal);

    private QdrantDouble(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    /// <summary>Statuses that the next calls are answered with, whatever they ask for.</summary>
    public Queue<int> Failures { get; } = new();

    /// <summary>Method and path of the calls so far.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Whether calls are left without an answer.</summary>
    public bool IsStuck { get; set; }

    /// <summary>The bodies of calls that were refused as malformed.</summary>
    public List<string> Refused { get; } = [];

    public IReadOnlyCollection<string> Collections { get { lock (_lock) { return [.. _collections.Keys]; } } }

    public static string ApiKey => Key;

    public static async Task<QdrantDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new QdrantDouble(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Loses a collection, as somebody who deletes it.</summary>
    public void Drop(string collection) { lock (_lock) { _collections.Remove(collection); } }

    /// <summary>The points of a collection.</summary>
    public int Count(string collection) { lock (_lock) { return _collections[collection].Points.Count; } }

    /// <summary>The schema of a collection's index by learner; null: it has none.</summary>
    public string? IndexOf(string collection) { lock (_lock) { return _collections[collection].Index; } }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        var call = $"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}";
        int? failure;
        lock (_lock)
        {
            Calls.Add(call);
            failure = Failures.TryDequeue(out var status) ? status : null;
        }
        if (IsStuck) { await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted); }
        var (code, result) = failure is { } given ? (given, null) : http.Request.Headers["api-key"] != Key ? (401, null) : Answer(call, text);
        if (code == 400) { lock (_lock) { Refused.Add($"{call} {text}"); } }
        http.Response.StatusCode = code;
        await http.Response.WriteAsJsonAsync(
            code == 200 ? new JsonObject { ["result"] = result, ["status"] = "ok", ["time"] = 0.001 } : new JsonObject { ["status"] = new JsonObject { ["error"] = "no" }, ["time"] = 0.001 });
    }

    private (int Code, JsonNode? Result) Answer(string call, string text)
    {
        try
        {
            var parts = call.Split(' ', '/', '?');
            var body = text.Length > 0 ? JsonNode.Parse(text)!.AsObject() : null;
            lock (_lock)
            {
                return parts switch
                {
                    ["GET", "", "collections"] => (200, new JsonObject { ["collections"] = new JsonArray([.. _collections.Keys.Select(name => new JsonObject { ["name"] = name })]) }),
                    ["PUT", "", "collections", var name] => Create(name, body!),
                    ["PUT", "", "collections", var name, "index", "wait=true"] => In(name, collection => Index(collection, body!)),
                    ["PUT", "", "collections", var name, "points", "wait=true"] => In(name, collection => Upsert(collection, body!)),
                    ["POST", "", "collections", var name, "points"] => In(name, collection => Retrieve(collection, body!)),
                    ["POST", "", "collections", var name, "points", "query"] => In(name, collection => Query(collection, body!)),
                    ["POST", "", "collections", var name, "points", "scroll"] => In(name, collection => Scroll(collection, body!)),
                    ["POST", "", "collections", var name, "points", "delete", "wait=true"] => In(name, collection => Delete(collection, body!)),
                    _ => (400, null),
                };
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or MalformedException or NullReferenceException or KeyNotFoundException)
        {
            return (400, null);
        }
    }

    private (int, JsonNode?) In(string name, Func<Collection, JsonNode?> answer) => _collections.TryGetValue(name, out var collection) ? (200, answer(collection)) : (404, null);

    private (int, JsonNode?) Create(string name, JsonObject body)
    {
        Only(body, "vectors");
        var vectors = body["vectors"]!.AsObject();
        Only(vectors, "size", "distance");
        if (vectors["distance"]!.GetValue<string>() is not ("Cosine" or "Dot" or "Euclid" or "Manhattan")) { throw new MalformedException(); }
        return _collections.TryAdd(name, new Collection(vectors["size"]!.GetValue<int>())) ? (200, true) : (409, null);
    }

    private static JsonObject Index(Collection collection, JsonObject body)
    {
        Only(body, "field_name", "field_schema");
        Only(body["field_schema"]!.AsObject(), "type", "is_tenant");
        if (body["field_name"]!.GetValue<string>() == "learner") { collection.Index = body["field_schema"]!["type"]!.GetValue<string>(); }
        return Done();
    }

    private static JsonObject Upsert(Collection collection, JsonObject body)
    {
        Only(body, "points");
        foreach (var point in body["points"]!.AsArray().Select(p => p!.AsObject()))
        {
            Only(point, "id", "vector", "payload");
            float[] vector = [.. point["vector"]!.AsArray().Select(x => x!.GetValue<float>())];
            if (vector.Length != collection.Size) { throw new MalformedException(); }
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
            collection.Points[Guid.Parse(point["id"]!.GetValue<string>())] = (vector, point["payload"]!.AsObject());
        }
        return Done();
    }

    private static JsonObject Query(Collection collection, JsonObject body)
    {
        Only(body, "query", "filter", "limit", "with_payload");
        float[] query = [.. body["query"]!.AsArray().Select(x => x!.GetValue<float>())];
        if (query.Length != collection.Size) { throw new MalformedException(); }
        var nearest = Matching(collection, body["filter"]!)
            .Select(point => (point, Score: TensorPrimitives.CosineSimilarity<float>(query, point.Value.Vector))).OrderByDescending(p => p.Score).Take(body["limit"]!.GetValue<int>());
        return new JsonObject
        {
            ["points"] = new JsonArray([.. nearest.Select(p => new JsonObject { ["id"] = p.point.Key.ToString(), ["version"] = 0, ["score"] = p.Score, ["payload"] = p.point.Value.Payload.DeepClone() })]),
        };
    }

    private static JsonObject Scroll(Collection collection, JsonObject body)
    {
        Only(body, "filter", "limit", "with_payload", "with_vector", "offset");
        var (limit, from) = (body["limit"]!.GetValue<int>(), body["offset"] is { } offset ? Guid.Parse(offset.GetValue<string>()) : Guid.Empty);
        var points = Matching(collection, body["filter"]!).Where(p => p.Key >= from).OrderBy(p => p.Key).Take(limit + 1).ToArray();
        return new JsonObject
        {
            ["points"] = new JsonArray([.. points.Take(limit).Select(p => new JsonObject { ["id"] = p.Key.ToString(), ["payload"] = p.Value.Payload.DeepClone() })]),
            ["next_page_offset"] = points.Length > limit ? points[limit].Key.ToString() : null,
        };
    }

    private static JsonArray Retrieve(Collection collection, JsonObject body)
    {
        Only(body, "ids", "with_payload", "with_vector");
        var ids = body["ids"]!.AsArray().Select(id => Guid.Parse(id!.GetValue<string>()));
        return new JsonArray([.. ids.Where(collection.Points.ContainsKey).Select(id => new JsonObject { ["id"] = id.ToString() })]);
    }

    private static JsonObject Delete(Collection collection, JsonObject body)
    {
        Only(body, "points", "filter");
        Guid[] ids = body["points"] is { } points
            ? [.. points.AsArray().Select(id => Guid.Parse(id!.GetValue<string>()))] : [.. Matching(collection, body["filter"]!).Select(p => p.Key)];
        foreach (var id in ids) { collection.Points.Remove(id); }
        return Done();
    }

    private static IEnumerable<KeyValuePair<Guid, (float[] Vector, JsonObject Payload)>> Matching(Collection collection, JsonNode filter)
    {
        Only(filter.AsObject(), "must");
        var conditions = filter["must"]!.AsArray().Select(c => (Key: c!["key"]!.GetValue<string>(), Value: c["match"]!["value"]!.GetValue<string>())).ToArray();
        return collection.Points.Where(p => conditions.All(c => p.Value.Payload[c.Key]?.GetValue<string>() == c.Value));
    }

    private static JsonObject Done() => new() { ["operation_id"] = 1, ["status"] = "completed" };

    private static void Only(JsonObject body, params string[] fields)
    {
        if (body.Any(field => !fields.Contains(field.Key))) { throw new MalformedException(); }
    }

    private sealed class MalformedException : Exception;

    private sealed class Collection(int size)
    {
        public int Size => size;

        public string? Index { get; set; }

        public Dictionary<Guid, (float[] Vector, JsonObject Payload)> Points { get; } = [];
    }
}
