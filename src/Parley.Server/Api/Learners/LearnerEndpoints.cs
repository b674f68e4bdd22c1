using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Parley.Learning.Facts;
using Parley.Learning.Learners;
using Parley.Learning.Levels;
using Parley.Learning.Memory;
using Parley.Learning.Review;
using Parley.Server.Api.Documentation;
using Parley.Server.Learning;
using Parley.Server.Quality;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Server.Api.Learners;

/// <summary><c>/v1/learners/{id}</c>: what is known of a learner, to be seen, changed, taken along and deleted.</summary>
internal static class LearnerEndpoints
{
    private const int MaxBody = 16 * 1024, MaxId = 128, MaxLanguage = 35;

    private static readonly TimeSpan s_bodyTimeout = TimeSpan.FromSeconds(10);

    public static void MapLearners(this IEndpointRouteBuilder routes, LearnerRecords records, Lazy<VocabularyBands?> bands, TimeProvider time)
    {
        var learner = routes.MapGroup("/learners/{id}").WithTags("Learners");
        learner.MapGet("", (string id, CancellationToken gone) => Try(async () => Json(await KnownAsync(records, id, gone)))).WithSummary("Tells who a learner is.").Gives(typeof(Learner));
        learner.MapPut("", (string id, HttpContext http) => Try(() => ChangeAsync(id, http, records, time)))
            .WithSummary("Sets a learner's first language and level.").Takes(typeof(LearnerBody)).Gives(typeof(Learner));
        learner.MapDelete("", (string id, [FromServices] FigureLog? figures, CancellationToken gone) => Try(() => DeleteAsync(id, records, figures, gone))).WithSummary("Deletes a learner with all that is kept.").GivesNothing();
        learner.MapGet("/export", (string id, CancellationToken gone) => Try(async () => Json(await ExportAsync(id, records, gone)))).WithSummary("Gives all that is kept.").Gives(typeof(LearnerExport));
        learner.MapGet("/turns", (string id, DateTimeOffset? since, int? limit, CancellationToken gone) =>
            Try(async () => Json(new LearnerList<LearnerTurn>(await Store(records).TurnsAsync(Named(id), since, Limit(limit), gone)))))
            .WithSummary("Lists what was said, the newest first.").Gives(typeof(LearnerList<LearnerTurn>));
        learner.MapGet("/mistakes", (string id, MistakeKind? kind, int? limit, CancellationToken gone) =>
            Try(async () => Json(new LearnerList<Mistake>(await Store(records).MistakesAsync(Named(id), kind, Limit(limit), gone)))))
            .WithSummary("Lists what was wrong, the newest first.").Gives(typeof(LearnerList<Mistake>));
        learner.MapGet("/words", (string id, CancellationToken gone) =>
            Try(async () => Json(new LearnerList<WordRecord>(await Store(records).WordsAsync(Named(id), gone)))))
            .WithSummary("Lists the words that were used, the most used first.").Gives(typeof(LearnerList<WordRecord>));
        learner.MapGet("/phones", (string id, CancellationToken gone) =>
            Try(async () => Json(new LearnerList<PhoneRecord>(await Store(records).PhonesAsync(Named(id), gone)))))
            .WithSummary("Lists the sounds that were made, and how well.").Gives(typeof(LearnerList<PhoneRecord>));
        learner.MapGet("/progress", (string id, CancellationToken gone) => Try(() => ProgressAsync(id, records, bands, gone)))
            .WithSummary("Sums up how they come along, day by day, with their level.").Gives(typeof(LearnerProgress));
        learner.MapGet("/recommendations", (string id, CancellationToken gone) => Try(() => RecommendAsync(id, records, bands, time, gone)))
            .WithSummary("Tells what they had best work on.").Gives(typeof(Recommendations));
        MapReviews(learner, records, time);
        MapMemories(learner, records);
    }

    private static void MapReviews(RouteGroupBuilder learner, LearnerRecords records, TimeProvider time)
    {
        learner.MapGet("/reviews", (string id, bool? due, int? limit, CancellationToken gone) =>
            Try(async () => Json(new LearnerList<ReviewItem>(await Store(records).ReviewsAsync(Named(id), due == false ? null : time.GetUtcNow(), Limit(limit), gone)))))
            .WithSummary("Lists review items: those that are due, or all.").Gives(typeof(LearnerList<ReviewItem>));
        learner.MapPost("/reviews/{item}", (string id, string item, HttpContext http) => Try(() => ReviewAsync(id, item, http, records, time)))
            .WithSummary("Moves an item on by how well it was remembered.").Takes(typeof(RatingBody)).Gives(typeof(ReviewItem));
        learner.MapPost("/reviews/{item}/attempts", (string id, string item, HttpContext http, AttemptEndpoint attempts) => Try(() => AttemptAsync(id, item, http, records, attempts)))
            .WithSummary("Judges an item as it was said, and moves it on.").Takes(typeof(AttemptFields), "multipart/form-data").Gives(typeof(AttemptResult));
        learner.MapDelete("/reviews/{item}", (string id, string item, CancellationToken gone) =>
            Try(async () => await Store(records).DeleteReviewAsync(Named(id), item, gone) ? Results.NoContent() : throw Nothing("review"))).WithSummary("Deletes an item.").GivesNothing();
    }

    private static void MapMemories(RouteGroupBuilder learner, LearnerRecords records)
    {
        learner.MapGet("/facts", (string id, CancellationToken gone) =>
            Try(async () => Json(new LearnerList<LearnerFact>(await Store(records).FactsAsync(Named(id), gone)))))
            .WithSummary("Lists what they said of themselves.").Gives(typeof(LearnerList<LearnerFact>));
        learner.MapDelete("/facts/{item}", (string id, string item, CancellationToken gone) =>
            Try(async () => await Store(records).DeleteFactAsync(Named(id), item, gone) ? Results.NoContent() : throw Nothing("fact"))).WithSummary("Forgets a fact.").GivesNothing();
        learner.MapGet("/memories", (string id, CancellationToken gone) =>
            Try(async () => Json(new LearnerList<LearnerMemory>([.. (await Memories(records).ListAsync(Named(id), gone)).Select(LearnerMemory.Of)]))))
            .WithSummary("Lists what was talked of and may be brought up.").Gives(typeof(LearnerList<LearnerMemory>));
        learner.MapDelete("/memories/{item}", (string id, string item, CancellationToken gone) =>
            Try(async () => await Memories(records).ForgetAsync(Named(id), item, gone) ? Results.NoContent() : throw Nothing("memory"))).WithSummary("Forgets what was talked of.").GivesNothing();
    }

    private static async Task<Learner> KnownAsync(LearnerRecords records, string id, CancellationToken gone) =>
        await Store(records).FindAsync(Named(id), gone) ?? throw Nothing("learner");

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, LearnerRecords records, TimeProvider time)
    {
        var store = Store(records);
        using var body = await JsonBody.ReadAsync(http, MaxBody, s_bodyTimeout, time);
        var known = await store.FindAsync(Named(id), http.RequestAborted) ?? new Learner(id, time.GetUtcNow());
        var language = body.Text("first_language");
        if (language?.Length > MaxLanguage) { throw new ApiException(ApiError.BadField("first_language", "'first_language' is the name of a language, such as zh-CN.")); }
        var level = body.Text("level");
        if (level is not null && !Enum.TryParse<CefrLevel>(level, out _)) { throw new ApiException(ApiError.BadField("level", "'level' is A1, A2, B1, B2, C1 or C2.")); }
        var changed = known with { FirstLanguage = language ?? known.FirstLanguage, Level = level is null ? known.Level : Enum.Parse<CefrLevel>(level) };
        await store.SaveAsync(changed, http.RequestAborted);
        return Json(changed);
    }

    private static async Task<IResult> DeleteAsync(string id, LearnerRecords records, FigureLog? figures, CancellationToken gone)
    {
        figures?.Store?.Forget(Named(id));
        await Memories(records).ForgetAsync(Named(id), gone);
        return await Store(records).DeleteAsync(id, gone) ? Results.NoContent() : throw Nothing("learner");
    }

    private static async Task<LearnerExport> ExportAsync(string id, LearnerRecords records, CancellationToken gone)
    {
        var (learner, store) = (await KnownAsync(records, id, gone), Store(records));
        return new LearnerExport(
            learner, await store.TurnsAsync(id, limit: int.MaxValue, cancellationToken: gone), await store.MistakesAsync(id, limit: int.MaxValue, cancellationToken: gone),
            await store.WordsAsync(id, gone), await store.PhonesAsync(id, gone), await store.ReviewsAsync(id, limit: int.MaxValue, cancellationToken: gone), await store.FactsAsync(id, gone), [.. (await Memories(records).ListAsync(id, gone)).Select(LearnerMemory.Of)]);
    }

    private static async Task<IResult> ProgressAsync(string id, LearnerRecords records, Lazy<VocabularyBands?> bands, CancellationToken gone)
    {
        var export = await ExportAsync(id, records, gone);
        return Json(LearnerProgress.Of(export.Turns, export.Mistakes, export.Words) with
        {
            Level = LevelOf(export, bands),
            Vocabulary = bands.Value is { } known ? VocabularyGrowth.Of(export.Words, known) : null,
        });
    }

    private static async Task<IResult> RecommendAsync(string id, LearnerRecords records, Lazy<VocabularyBands?> bands, TimeProvider time, CancellationToken gone)
    {
        var export = await ExportAsync(id, records, gone);
        var due = export.Reviews.Count(r => r.Schedule.Due <= time.GetUtcNow());
        return Json(Recommendations.Of(export.Turns, export.Mistakes, export.Words, export.Phones, due) with { Level = LevelOf(export, bands) });
    }

    private static LevelEstimate? LevelOf(LearnerExport export, Lazy<VocabularyBands?> bands) => LevelEstimate.Of(export.Learner, export.Turns, export.Mistakes, export.Words, bands.Value);

    private static async Task<IResult> ReviewAsync(string id, string item, HttpContext http, LearnerRecords records, TimeProvider time)
    {
        using var body = await JsonBody.ReadAsync(http, MaxBody, s_bodyTimeout, time);
        var rating = body.RequiredText("rating") switch
        {
            "again" => Rating.Again,
            "hard" => Rating.Hard,
            "good" => Rating.Good,
            "easy" => Rating.Easy,
            _ => throw new ApiException(ApiError.BadField("rating", "'rating' is again, hard, good or easy.")),
        };
        var reviews = records.Reviews ?? throw Without(records);
        return Json(await reviews.ReviewAsync(Named(id), item, rating, http.RequestAborted) ?? throw Nothing("review"));
    }

    private static async Task<IResult> AttemptAsync(string id, string item, HttpContext http, LearnerRecords records, AttemptEndpoint attempts)
    {
        var reviews = records.Reviews ?? throw Without(records);
        var due = await Store(records).FindReviewAsync(Named(id), item, http.RequestAborted) ?? throw Nothing("review");
        return await attempts.HandleAsync(http, due, rating => reviews.ReviewAsync(id, item, rating, http.RequestAborted));
    }

    private static async Task<IResult> Try(Func<Task<IResult>> answer)
    {
        try { return await answer(); }
        catch (StoreException e) { throw new ApiException(new ApiError(503, e.Message, ApiError.ServerError)); }
    }

    private static ILearnerStore Store(LearnerRecords records) => records.Store ?? throw Without(records);

    private static LearnerMemories Memories(LearnerRecords records) => records.Memories ?? throw Without(records);

    private static string Named(string id) => id.Length <= MaxId ? id : throw new ApiException(ApiError.BadField("id", "A learner's id has at most 128 characters."));

    private static int Limit(int? asked) => asked switch
    {
        null => 1_000,
        >= 1 and <= 10_000 => asked.Value,
        _ => throw new ApiException(ApiError.BadField("limit", "'limit' is 1 to 10000.")),
    };

    private static ApiException Without(LearnerRecords records) => new(new ApiError(503, records.Problem ?? "This server remembers nobody.", ApiError.ServerError, Code: "not_available"));

    private static ApiException Nothing(string what) => new(new ApiError(404, $"There is no such {what}.", Code: $"{what}_not_found"));

    private static IResult Json<T>(T value) => Results.Json(value, LearnerJson.Default);
}
