using System.Globalization;
using Microsoft.AspNetCore.Http;
using Parley.Learning.Pronunciation;
using Parley.Learning.Review;
using Parley.Server.Api.Audio;
using Parley.Server.Api.Pronunciation;

namespace Parley.Server.Api.Learners;

/// <summary><c>POST /v1/learners/{id}/reviews/{item}/attempts</c>: a review item is said, judged, and moved on.</summary>
internal sealed class AttemptEndpoint(SpokenForm forms)
{
    private const int MostTries = 20, LongestHesitationMs = 600_000;

    /// <param name="http">The request.</param>
    /// <param name="item">What was to be said.</param>
    /// <param name="review">Moves the item on by how well it was remembered.</param>
    public Task<IResult> HandleAsync(HttpContext http, ReviewItem item, Func<Rating, Task<ReviewItem?>> review) => forms.AnswerAsync(http, async recording =>
    {
        var (tries, hesitation) = (Number(recording.Form, "tries", 1, MostTries) ?? 1, Number(recording.Form, "hesitation_ms", 0, LongestHesitationMs));
        var assessment = (await recording.AssessAsync(item.Answer)).WithoutDoubt();
        var attempt = SpokenAttempt.Of(item, assessment, hesitation is { } ms ? TimeSpan.FromMilliseconds(ms) : null, tries);
        return Results.Json(new AttemptResult(attempt.IsRight, attempt.Missing, attempt.Rating, await review(attempt.Rating) ?? item, assessment), LearnerJson.Default.AttemptResult);
    });

    private static int? Number(UploadedForm form, string field, int least, int most) => form.Text(field) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most => number,
        _ => throw new ApiException(ApiError.BadField(field, $"'{field}' is a whole number from {least} to {most}.")),
    };
}

/// <summary>What came of an attempt.</summary>
internal sealed record AttemptResult(bool Right, IReadOnlyList<string> Missing, Rating Rating, ReviewItem Review, Assessment Assessment);
