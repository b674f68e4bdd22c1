using Microsoft.Data.Sqlite;
using Parley.Learning.Facts;
using Parley.Learning.Learners;
using Parley.Learning.Review;
using Parley.Sqlite.Database;

namespace Parley.Sqlite.Learners;

/// <summary>Keeps learners in a SQLite database of their own.</summary>
/// <remarks>Thread-safe. A learner who is deleted is overwritten, in the database and in its log.</remarks>
/// <param name="database">Theirs; closed by its owner.</param>
public sealed class SqliteLearnerStore(LearnerDatabase database) : ILearnerStore
{
    public async ValueTask<Learner?> FindAsync(string learnerId, CancellationToken cancellationToken = default) =>
        (await ReadAsync($"SELECT {LearnerRows.Learner} FROM learner WHERE id = $id", LearnerRows.ReadLearner, cancellationToken, ("$id", learnerId))).SingleOrDefault();

    public ValueTask SaveAsync(Learner learner, CancellationToken cancellationToken = default) => WriteAsync(
        writer => writer.Run(
            "INSERT INTO learner (id, since, first_language, level) VALUES ($id, $since, $language, $level) ON CONFLICT (id) DO UPDATE SET (since, first_language, level) = ($since, $language, $level)",
            ("$id", learner.Id), ("$since", SqliteTime.Format(learner.Since)), ("$language", learner.FirstLanguage), ("$level", learner.Level?.ToString())),
        cancellationToken);

    public ValueTask AddAsync(LearnerTurn turn, CancellationToken cancellationToken = default) => WriteAsync(writer => Add(writer, turn), cancellationToken);

    public ValueTask<IReadOnlyList<LearnerTurn>> TurnsAsync(string learnerId, DateTimeOffset? since = null, int limit = 1_000, CancellationToken cancellationToken = default) =>
        ReadAsync(
            $"""
            SELECT {LearnerRows.Turn} FROM turn JOIN learner ON learner = learner.key
            WHERE learner.id = $id AND ($since IS NULL OR at > $since) ORDER BY at DESC, turn.key DESC LIMIT $limit
            """,
            row => LearnerRows.ReadTurn(row, learnerId), cancellationToken,
            ("$id", learnerId), ("$since", since is { } time ? SqliteTime.Format(time) : null), ("$limit", limit));

    public ValueTask<IReadOnlyList<Mistake>> MistakesAsync(string learnerId, MistakeKind? kind = null, int limit = 1_000, CancellationToken cancellationToken = default) =>
        ReadAsync(
            $"""
            SELECT {LearnerRows.Mistake} FROM mistake JOIN turn ON mistake.turn = turn.key JOIN learner ON learner = learner.key
            WHERE learner.id = $id AND ($kind IS NULL OR kind = $kind) ORDER BY at DESC, turn.key DESC, number LIMIT $limit
            """,
            LearnerRows.ReadMistake, cancellationToken, ("$id", learnerId), ("$kind", kind?.ToString()), ("$limit", limit));

    public ValueTask<IReadOnlyList<WordRecord>> WordsAsync(string learnerId, CancellationToken cancellationToken = default) =>
        ReadAsync(
            """
            SELECT lemma, count(*), sum(is_right), avg(word.accuracy), min(at), max(at) FROM word JOIN turn ON word.turn = turn.key JOIN learner ON learner = learner.key
            WHERE learner.id = $id GROUP BY lemma ORDER BY count(*) DESC, lemma
            """,
            LearnerRows.ReadWord, cancellationToken, ("$id", learnerId));

    public ValueTask<IReadOnlyList<PhoneRecord>> PhonesAsync(string learnerId, CancellationToken cancellationToken = default) =>
        ReadAsync(
            """
            SELECT phone, count(*), avg(score) FROM phone JOIN turn ON phone.turn = turn.key JOIN learner ON learner = learner.key
            WHERE learner.id = $id GROUP BY phone ORDER BY phone
            """,
            LearnerRows.ReadPhone, cancellationToken, ("$id", learnerId));

    public ValueTask<IReadOnlyList<ReviewItem>> ReviewsAsync(string learnerId, DateTimeOffset? due = null, int limit = 1_000, CancellationToken cancellationToken = default) =>
        ReadAsync(
            $"""
            SELECT {LearnerRows.Review} FROM review JOIN learner ON learner = learner.key
            WHERE learner.id = $id AND ($due IS NULL OR due <= $due) ORDER BY due, review.id LIMIT $limit
            """,
            LearnerRows.ReadReview, cancellationToken, ("$id", learnerId), ("$due", due is { } time ? SqliteTime.Format(time) : null), ("$limit", limit));

    public async ValueTask<ReviewItem?> FindReviewAsync(string learnerId, string itemId, CancellationToken cancellationToken = default) =>
        (await ReadAsync(
            $"SELECT {LearnerRows.Review} FROM review JOIN learner ON learner = learner.key WHERE learner.id = $id AND review.id = $item",
            LearnerRows.ReadReview, cancellationToken, ("$id", learnerId), ("$item", itemId))).SingleOrDefault();

    public ValueTask SaveAsync(ReviewItem item, CancellationToken cancellationToken = default) => WriteAsync(
        writer =>
        {
            Introduce(writer, item.LearnerId, item.Schedule.LastReview ?? item.Schedule.Due);
            writer.Run(
                """
                INSERT OR REPLACE INTO review
                SELECT key, $id, $drill, $prompt, $answer, $rule, $due, $phase, $step, $stability, $difficulty, $last, $reviews, $lapses FROM learner WHERE id = $learner
                """,
                ("$learner", item.LearnerId), ("$id", item.Id), ("$drill", item.Drill.ToString()), ("$prompt", item.Prompt), ("$answer", item.Answer), ("$rule", item.Rule),
                ("$due", SqliteTime.Format(item.Schedule.Due)), ("$phase", item.Schedule.Phase.ToString()), ("$step", item.Schedule.Step),
                ("$stability", item.Schedule.Stability), ("$difficulty", item.Schedule.Difficulty),
                ("$last", item.Schedule.LastReview is { } last ? SqliteTime.Format(last) : null), ("$reviews", item.Reviews), ("$lapses", item.Lapses));
        },
        cancellationToken);

    public async ValueTask<bool> DeleteReviewAsync(string learnerId, string itemId, CancellationToken cancellationToken = default)
    {
        var deleted = 0;
        await WriteAsync(
            writer => deleted = writer.Run("DELETE FROM review WHERE id = $item AND learner = (SELECT key FROM learner WHERE id = $id)", ("$id", learnerId), ("$item", itemId)),
            cancellationToken);
        return deleted > 0;
    }

    public async ValueTask<IReadOnlyList<LearnerFact>> FactsAsync(string learnerId, CancellationToken cancellationToken = default) =>
        // Their order is that of the kinds, which the database does not know.
        [.. (await ReadAsync(
            $"SELECT {LearnerRows.Fact} FROM fact JOIN learner ON learner = learner.key WHERE learner.id = $id ORDER BY at DESC, fact.id", LearnerRows.ReadFact, cancellationToken, ("$id", learnerId)))
            .OrderBy(f => f.Kind)];

    public ValueTask SaveAsync(string learnerId, IReadOnlyList<LearnerFact> facts, CancellationToken cancellationToken = default) => WriteAsync(
        writer =>
        {
            foreach (var fact in facts)
            {
                Introduce(writer, learnerId, fact.At);
                writer.Run(
                    "INSERT OR REPLACE INTO fact (learner, id, kind, value, sentence, at) SELECT key, $id, $kind, $value, $sentence, $at FROM learner WHERE id = $learner",
                    ("$learner", learnerId), ("$id", fact.Id), ("$kind", fact.Kind.ToString()), ("$value", fact.Value), ("$sentence", fact.Sentence), ("$at", SqliteTime.Format(fact.At)));
            }
        },
        cancellationToken);

    public async ValueTask<bool> DeleteFactAsync(string learnerId, string factId, CancellationToken cancellationToken = default)
    {
        var deleted = 0;
        await WriteAsync(
            writer => deleted = writer.Run("DELETE FROM fact WHERE id = $fact AND learner = (SELECT key FROM learner WHERE id = $id)", ("$id", learnerId), ("$fact", factId)), cancellationToken);
        return deleted > 0;
    }

    public async ValueTask<bool> DeleteAsync(string learnerId, CancellationToken cancellationToken = default)
    {
        var deleted = 0;
        await WriteAsync(writer => deleted = writer.Run("DELETE FROM learner WHERE id = $id", ("$id", learnerId)), cancellationToken, afterwards: writer =>
        {
            if (deleted == 0) { return; }
            // Rows that moved leave copies in the slack of pages, and the log has them too.
            writer.Execute("VACUUM");
            writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        });
        return deleted > 0;
    }

    private static void Add(SqliteConnection writer, LearnerTurn turn)
    {
        Introduce(writer, turn.LearnerId, turn.At);
        writer.Run(
            "DELETE FROM turn WHERE learner = (SELECT key FROM learner WHERE id = $id) AND session = $session AND turn = $turn",
            ("$id", turn.LearnerId), ("$session", turn.SessionId), ("$turn", turn.TurnId));
        writer.Run(
            """
            INSERT INTO turn (learner, session, turn, at, text, speech, total, accuracy, fluency, prosody)
            SELECT key, $session, $turn, $at, $text, $speech, $total, $accuracy, $fluency, $prosody FROM learner WHERE id = $id
            """,
            ("$id", turn.LearnerId), ("$session", turn.SessionId), ("$turn", turn.TurnId), ("$at", SqliteTime.Format(turn.At)), ("$text", turn.Text),
            ("$speech", turn.Speech.Ticks), ("$total", turn.Scores?.Total), ("$accuracy", turn.Scores?.Accuracy), ("$fluency", turn.Scores?.Fluency), ("$prosody", turn.Scores?.Prosody));
        var key = writer.Number("SELECT last_insert_rowid()");
        Each(
            writer, turn.Mistakes, "INSERT INTO mistake (turn, number, id, kind, rule, wrong, right, corrected) VALUES ($key, $number, $id, $kind, $rule, $wrong, $right, $corrected)",
            key, m => [("$id", m.Id), ("$kind", m.Kind.ToString()), ("$rule", m.Rule), ("$wrong", m.Wrong), ("$right", m.Right), ("$corrected", m.Corrected)]);
        Each(
            writer, turn.Words, "INSERT INTO word (turn, number, lemma, accuracy, is_right) VALUES ($key, $number, $lemma, $accuracy, $right)",
            key, w => [("$lemma", w.Lemma), ("$accuracy", w.Accuracy), ("$right", w.IsRight ? 1 : 0)]);
        Each(writer, turn.Phones, "INSERT INTO phone (turn, number, phone, score) VALUES ($key, $number, $phone, $score)", key, p => [("$phone", p.Phone), ("$score", p.Score)]);
    }

    private static void Introduce(SqliteConnection writer, string learnerId, DateTimeOffset since) =>
        writer.Run("INSERT OR IGNORE INTO learner (id, since) VALUES ($id, $since)", ("$id", learnerId), ("$since", SqliteTime.Format(since)));

    private static void Each<T>(SqliteConnection writer, IReadOnlyList<T> items, string sql, long key, Func<T, (string Name, object? Value)[]> parameters)
    {
        using var command = writer.CreateCommand();
        command.CommandText = sql;
        for (var number = 0; number < items.Count; number++)
        {
            command.Set([("$key", key), ("$number", number), .. parameters(items[number])]);
            command.ExecuteNonQuery();
        }
    }

    private ValueTask WriteAsync(Action<SqliteConnection> write, CancellationToken cancellationToken, Action<SqliteConnection>? afterwards = null) =>
        database.WriteAsync(write, cancellationToken, afterwards);

    private ValueTask<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<SqliteDataReader, T> read, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(database.Read(sql, read, parameters));
    }
}
