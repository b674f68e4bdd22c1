using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Learning.Memory;
using Parley.Qdrant.Http;
using Parley.Timeline;

namespace Parley.Qdrant.Learners;

/// <summary>Keeps memories on a Qdrant server, in one collection an embedder, in which a learner's points are found by their payload.</summary>
/// <remarks>Thread-safe. Vectors are not given back: Qdrant keeps them with a length of 1.</remarks>
public sealed class QdrantVectorMemory : IVectorMemory
{
    private const int Page = 256;

    private readonly QdrantServer _server;
    private readonly VectorSpace _space;
    private readonly string _path;

    private QdrantVectorMemory(QdrantServer server, VectorSpace space)
    {
        (_server, _space) = (server, space);
        _path = $"collections/{NameOf(server.Options.Collections, space)}";
    }

    /// <summary>Opens the memory of a space, and makes its collection where there is none.</summary>
    /// <param name="server">The server; closed by its owner.</param>
    /// <param name="space">Of the vectors.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The server cannot be reached, or refuses.</exception>
    public static async ValueTask<IVectorMemory> OpenAsync(QdrantServer server, VectorSpace space, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        var memory = new QdrantVectorMemory(server, space);
        await memory.MakeAsync(cancellationToken);
        return memory;
    }

    public async ValueTask AddAsync(string learnerId, IReadOnlyList<Remembered> memories, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memories);
        foreach (var memory in memories) { _space.Require(memory.Vector.Span); }
        foreach (var batch in memories.Chunk(_server.Options.MaxBatch))
        {
            Point[] points = [.. batch.Select(m => new Point(IdOf(learnerId, m.Id), m.Vector, new PointPayload(learnerId, m.Id, m.Kind.ToString(), m.Text, m.At)))];
            if (await _server.DoAsync(HttpMethod.Put, $"{_path}/points?wait=true", new Upsert(points), QdrantJson.Default.Upsert, cancellationToken)) { continue; }
            await MakeAsync(cancellationToken);
            // Whoever filled it must know that it is empty.
            throw new StoreException("Qdrant has lost its collection of memories; it was made anew.");
        }
    }

    public async ValueTask<IReadOnlyList<Recollection>> RecallAsync(string learnerId, ReadOnlyMemory<float> thought, int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        _space.Require(thought.Span);
        var found = await _server.SendAsync(
            HttpMethod.Post, $"{_path}/points/query", new Query(thought, Filter.Of(learnerId), count, WithPayload: true), QdrantJson.Default.Query, QdrantJson.Default.AnswerPointPage, cancellationToken);
        return [.. Known(found?.Points).OrderByDescending(p => p.Score).Select(p => new Recollection(Read(p), p.Score))];
    }

    public async ValueTask<IReadOnlyList<Remembered>> ListAsync(string learnerId, CancellationToken cancellationToken = default)
    {
        var (all, next) = (new List<Remembered>(), (Guid?)null);
        do
        {
            var page = await _server.SendAsync(
                HttpMethod.Post, $"{_path}/points/scroll", new Scroll(Filter.Of(learnerId), Page, WithPayload: true, WithVector: false, next), QdrantJson.Default.Scroll, QdrantJson.Default.AnswerPointPage,
                cancellationToken);
            all.AddRange(Known(page?.Points).Select(Read));
            next = page?.NextPageOffset;
        }
        while (next is not null);
        return [.. all.OrderByDescending(m => m.At).ThenBy(m => m.Id, StringComparer.Ordinal)];
    }

    public async ValueTask<bool> ForgetAsync(string learnerId, string id, CancellationToken cancellationToken = default)
    {
        Guid[] ids = [IdOf(learnerId, id)];
        var wasThere = false;
        foreach (var path in await CollectionsAsync(cancellationToken))
        {
            var found = await _server.SendAsync(
                HttpMethod.Post, $"{path}/points", new Retrieve(ids, WithPayload: false, WithVector: false), QdrantJson.Default.Retrieve, QdrantJson.Default.AnswerIReadOnlyListFoundPoint, cancellationToken);
            if (found is not { Count: > 0 }) { continue; }
            wasThere = true;
            await _server.DoAsync(HttpMethod.Post, $"{path}/points/delete?wait=true", new DeletePoints(ids), QdrantJson.Default.DeletePoints, cancellationToken);
        }
        return wasThere;
    }

    public async ValueTask ForgetAsync(string learnerId, CancellationToken cancellationToken = default)
    {
        foreach (var path in await CollectionsAsync(cancellationToken))
        {
            await _server.DoAsync(HttpMethod.Post, $"{path}/points/delete?wait=true", new DeleteMatching(Filter.Of(learnerId)), QdrantJson.Default.DeleteMatching, cancellationToken);
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        if ((await CollectionsAsync(cancellationToken)).Contains(_path)) { return; }
        await _server.DoAsync(HttpMethod.Put, _path, new CreateCollection(new VectorParams(_space.Dimensions, "Cosine")), QdrantJson.Default.CreateCollection, cancellationToken);
        await _server.DoAsync(HttpMethod.Put, $"{_path}/index?wait=true", new CreateIndex("learner", new FieldSchema("keyword", IsTenant: true)), QdrantJson.Default.CreateIndex, cancellationToken);
    }

    /// <summary>Ours, of whatever embedder.</summary>
    private async Task<IReadOnlyList<string>> CollectionsAsync(CancellationToken cancellationToken)
    {
        var all = await _server.GetAsync("collections", QdrantJson.Default.AnswerCollectionList, cancellationToken);
        return [.. (all?.Collections ?? []).Select(c => c.Name).Where(name => name.StartsWith(_server.Options.Collections + '.', StringComparison.Ordinal)).Select(name => $"collections/{name}")];
    }

    /// <summary>What others may have put there is not ours to read.</summary>
    private static IEnumerable<FoundPoint> Known(IEnumerable<FoundPoint>? points) => (points ?? []).Where(p => p.Payload is { Memory: not null, Text: not null });

    private static Remembered Read(FoundPoint point) => new(
        point.Payload!.Memory, Enum.TryParse<RememberedKind>(point.Payload.Kind, out var kind) ? kind : RememberedKind.Talk, point.Payload.Text, point.Payload.At);

    private static string NameOf(string prefix, VectorSpace space)
    {
        var embedder = string.Concat(space.Embedder.Select(c => char.IsAsciiLetterOrDigit(c) || c == '-' ? c : '_'));
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}.{embedder}.{space.Dimensions}");
    }

    /// <summary>The same for the same memory of the same learner, so that it replaces what was there.</summary>
    private static Guid IdOf(string learnerId, string id) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{learnerId}\0{id}")).AsSpan(0, 16), bigEndian: true);
}
