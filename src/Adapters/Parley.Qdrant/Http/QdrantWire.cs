using System.Text.Json.Serialization;

namespace Parley.Qdrant.Http;

/// <summary>What every answer is wrapped in.</summary>
internal sealed record Answer<T>(T? Result);

internal sealed record CollectionList(IReadOnlyList<CollectionName>? Collections);

internal sealed record CollectionName(string Name);

internal sealed record CreateCollection(VectorParams Vectors);

internal sealed record VectorParams(int Size, string Distance);

internal sealed record CreateIndex(string FieldName, FieldSchema FieldSchema);

/// <summary>An index by which one learner's points lie together.</summary>
internal sealed record FieldSchema(string Type, bool IsTenant);

internal sealed record Upsert(IReadOnlyList<Point> Points);

/// <summary>A memory as the server keeps it; its id is a UUID, for the server takes no other names.</summary>
internal sealed record Point(Guid Id, ReadOnlyMemory<float> Vector, PointPayload Payload);

internal sealed record PointPayload(string Learner, string Memory, string Kind, string Text, DateTimeOffset At);

internal sealed record Query([property: JsonPropertyName("query")] ReadOnlyMemory<float> Vector, Filter Filter, int Limit, bool WithPayload);

internal sealed record Scroll(Filter Filter, int Limit, bool WithPayload, bool WithVector, Guid? Offset);

internal sealed record Retrieve(IReadOnlyList<Guid> Ids, bool WithPayload, bool WithVector);

internal sealed record DeletePoints(IReadOnlyList<Guid> Points);

internal sealed record DeleteMatching(Filter Filter);

internal sealed record Filter(IReadOnlyList<FieldCondition> Must)
{
    public static Filter Of(string learnerId) => new([new FieldCondition("learner", new MatchValue(learnerId))]);
}

internal sealed record FieldCondition(string Key, MatchValue Match);

internal sealed record MatchValue(string Value);

internal sealed record PointPage(IReadOnlyList<FoundPoint>? Points, Guid? NextPageOffset);

internal sealed record FoundPoint(Guid Id, float Score, PointPayload? Payload);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Answer<CollectionList>))]
[JsonSerializable(typeof(Answer<PointPage>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<FoundPoint>>))]
[JsonSerializable(typeof(CreateCollection))]
[JsonSerializable(typeof(CreateIndex))]
[JsonSerializable(typeof(Upsert))]
[JsonSerializable(typeof(Query))]
[JsonSerializable(typeof(Scroll))]
[JsonSerializable(typeof(Retrieve))]
[JsonSerializable(typeof(DeletePoints))]
[JsonSerializable(typeof(DeleteMatching))]
internal sealed partial class QdrantJson : JsonSerializerContext;
