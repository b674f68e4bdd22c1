using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Learning.Pronunciation;

namespace Parley.Server.Api.Pronunciation;

/// <summary><c>POST /v1/assess</c>: judges how a known text was read aloud.</summary>
internal sealed class AssessEndpoint(SpokenForm forms)
{
    public Task<IResult> HandleAsync(HttpContext http) => forms.AnswerAsync(http, async recording =>
    {
        var text = recording.Form.Text("text") ?? throw new ApiException(ApiError.MissingField("text"));
        return Results.Bytes(JsonSerializer.SerializeToUtf8Bytes(await recording.AssessAsync(text), AssessmentJson.Default.Assessment), "application/json");
    });
}
