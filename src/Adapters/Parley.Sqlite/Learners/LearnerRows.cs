using Microsoft.Data.Sqlite;
using Parley.Learning.Facts;
using Parley.Learning.Learners;
using Parley.Learning.Review;
using Parley.Sqlite.Database;
using Parley.Transports.Protocol;

namespace Parley.Sqlite.Learners;

/// <summary>What rows of the learners' database say. Their columns stand in the order of the constants beside them.</summary>
internal static class LearnerRows
{
    public const string Learner = "id, since, first_language, level";

    public const string Turn = "turn.key, session, turn, at, text, speech, total, accuracy, fluency, prosody";

    public const string Mistake = "mistake.id, kind, rule, wrong, right, text, corrected, at";

    public const string Review = "review.id, learner.id, drill, prompt, answer, rule, due, phase, step, stability, difficulty, last_review, reviews, lapses";

    public const string Fact = "fact.id, kind, value, sentence, at";

    public static Learner ReadLearner(SqliteDataReader row) => new(row.GetString(0), SqliteTime.Parse(row.GetString(1)))
    {
        FirstLanguage = Text(row, 2),
        Level = Text(row, 3) is { } level ? Enum.Parse<CefrLevel>(level) : null,
    };

    public static LearnerTurn ReadTurn(SqliteDataReader row, string learnerId) =>
        new(learnerId, row.GetString(1), row.GetString(2), SqliteTime.Parse(row.GetString(3)), row.GetString(4))
        {
            Speech = TimeSpan.FromTicks(row.GetInt64(5)),
            Scores = row.IsDBNull(6) ? null : new TurnScores(row.GetDouble(6), row.GetDouble(7), row.GetDouble(8), row.GetDouble(9)),
        };

    public static Mistake ReadMistake(SqliteDataReader row) =>
        new(row.GetString(0), Enum.Parse<MistakeKind>(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5))
        {
            Corrected = Text(row, 6),
            At = SqliteTime.Parse(row.GetString(7)),
        };

    public static WordRecord ReadWord(SqliteDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.IsDBNull(3) ? null : row.GetDouble(3), SqliteTime.Parse(row.GetString(4)), SqliteTime.Parse(row.GetString(5)));

    public static PhoneRecord ReadPhone(SqliteDataReader row) => new(row.GetString(0), row.GetInt32(1), row.GetDouble(2));

    public static ReviewItem ReadReview(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), Enum.Parse<ReviewDrill>(row.GetString(2)), row.GetString(3), row.GetString(4), row.GetString(5),
        new ReviewSchedule(SqliteTime.Parse(row.GetString(6)))
        {
            Phase = Enum.Parse<ReviewPhase>(row.GetString(7)),
            Step = row.GetInt32(8),
            Stability = row.GetDouble(9),
            Difficulty = row.GetDouble(10),
            LastReview = Text(row, 11) is { } last ? SqliteTime.Parse(last) : null,
        })
    {
        Reviews = row.GetInt32(12),
        Lapses = row.GetInt32(13),
    };

    public static LearnerFact ReadFact(SqliteDataReader row) =>
        new(row.GetString(0), Enum.Parse<FactKind>(row.GetString(1)), row.GetString(2), row.GetString(3), SqliteTime.Parse(row.GetString(4)));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
