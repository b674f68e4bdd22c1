using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Parley.Learning.Memory;
using Parley.Sqlite.Database;
using Parley.Timeline;

namespace Parley.Sqlite.Learners;

/// <summary>Keeps memories in the learners' database, and those of learners who speak in memory too, where they are searched.</summary>
/// <remarks>Thread-safe within one process, which is the only one that may write.</remarks>
/// <param name="database">The learners'; closed by its owner.</param>
/// <param name="space">Of its vectors; those of other spaces are in the same table, and passed over.</param>
/// <param name="time">Says whose memories were not asked for longest.</param>
public sealed class SqliteVectorMemory(LearnerDatabase database, VectorSpace space, TimeProvider time) : IVectorMemory
{
    /// <summary>Learners whose memories are kept at hand.</summary>
    private const int AtHand = 128;

    private readonly ConcurrentDictionary<string, Hand> _hands = new(StringComparer.Ordinal);

    public async ValueTask AddAsync(string learnerId, IReadOnlyList<Remembered> memories, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memories);
        foreach (var memory in memories) { space.Require(memory.Vector.Span); }
        await database.WriteAsync(
            writer =>
            {
                foreach (var memory in memories)
                {
                    writer.Run("INSERT OR IGNORE INTO learner (id, since) VALUES ($id, $since)", ("$id", learnerId), ("$since", SqliteTime.Format(memory.At)));
                    writer.Run(
                        "INSERT OR REPLACE INTO memory (learner, embedder, id, kind, text, at, vector) SELECT key, $embedder, $id, $kind, $text, $at, $vector FROM learner WHERE id = $learner",
                        ("$learner", learnerId), ("$embedder", space.Embedder), ("$id", memory.Id), ("$kind", memory.Kind.ToString()), ("$text", memory.Text), ("$at", SqliteTime.Format(memory.At)),
                        ("$vector", MemoryMarshal.AsBytes(memory.Vector.Span).ToArray()));
                }
            },
            cancellationToken,
            // Not before: whoever reads them at this moment has seen the table either without them or with them.
            afterwards: _ => { if (_hands.TryGetValue(learnerId, out var hand)) { hand.Add(memories); } });
    }

    public ValueTask<IReadOnlyList<Recollection>> RecallAsync(
        string learnerId, ReadOnlyMemory<float> thought, int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 1000);
        cancellationToken.ThrowIfCancellationRequested();
        return new(HandOf(learnerId).Recall(thought.Span, count));
    }

    public ValueTask<IReadOnlyList<Remembered>> ListAsync(string learnerId, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Load(learnerId));
    }

    public async ValueTask<bool> ForgetAsync(string learnerId, string id, CancellationToken cancellationToken = default)
    {
        var forgotten = 0;
        await database.WriteAsync(
            writer => forgotten = writer.Run("DELETE FROM memory WHERE id = $id AND learner = (SELECT key FROM learner WHERE id = $learner)", ("$learner", learnerId), ("$id", id)),
            cancellationToken,
            afterwards: _ => { if (_hands.TryGetValue(learnerId, out var hand)) { hand.Remove(id); } });
        return forgotten > 0;
    }

    public ValueTask ForgetAsync(string learnerId, CancellationToken cancellationToken = default) => database.WriteAsync(
        writer => writer.Run("DELETE FROM memory WHERE learner = (SELECT key FROM learner WHERE id = $learner)", ("$learner", learnerId)),
        cancellationToken,
        afterwards: _ => _hands.TryRemove(learnerId, out Hand? _));

    private Hand HandOf(string learnerId)
    {
        var hand = _hands.GetOrAdd(learnerId, id => new Hand(space.Dimensions, () => Load(id)));
        hand.AskedFor = time.GetTimestamp();
        if (_hands.Count > AtHand) { _hands.TryRemove(_hands.MinBy(entry => entry.Value.AskedFor).Key, out _); }
        return hand;
    }

    private IReadOnlyList<Remembered> Load(string learnerId) => database.Read(
        """
        SELECT memory.id, kind, text, at, vector FROM memory JOIN learner ON learner = learner.key
        WHERE learner.id = $id AND embedder = $embedder AND length(vector) = $bytes ORDER BY at DESC, memory.id
        """,
        Read, ("$id", learnerId), ("$embedder", space.Embedder), ("$bytes", space.Dimensions * sizeof(float)));

    private static Remembered Read(SqliteDataReader row) => new(
        row.GetString(0), Enum.Parse<RememberedKind>(row.GetString(1)), row.GetString(2), SqliteTime.Parse(row.GetString(3)),
        MemoryMarshal.Cast<byte, float>(row.GetFieldValue<byte[]>(4)).ToArray());

    /// <summary>One learner's memories, read when they are first asked for.</summary>
    private sealed class Hand(int dimensions, Func<IReadOnlyList<Remembered>> load)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, Remembered> _memories = new(StringComparer.Ordinal);
        private VectorTable? _table;

        /// <summary>A timestamp of the clock.</summary>
        public long AskedFor { get; set; }

        public void Add(IReadOnlyList<Remembered> memories)
        {
            lock (_lock)
            {
                if (_table is not null) { Put(memories); }
            }
        }

        public void Remove(string id)
        {
            lock (_lock)
            {
                _memories.Remove(id);
                _table?.Remove(id);
            }
        }

        /// <exception cref="StoreException">They cannot be read.</exception>
        public IReadOnlyList<Recollection> Recall(ReadOnlySpan<float> thought, int count)
        {
            lock (_lock)
            {
                if (_table is null)
                {
                    var memories = load();
                    _table = new VectorTable(dimensions);
                    Put(memories);
                }
                return [.. _table.Search(thought, count).Select(match => new Recollection(_memories[match.Id], match.Similarity))];
            }
        }

        private void Put(IReadOnlyList<Remembered> memories)
        {
            foreach (var memory in memories)
            {
                _table!.Set(memory.Id, memory.Vector.Span);
                _memories[memory.Id] = memory with { Vector = default };
            }
        }
    }
}
