using Microsoft.AspNetCore.Http;
using Parley.Learning.Grammar;
using Parley.Learning.Grammar.Models;
using Parley.Server.Api.Models;
using Parley.Server.Configuration;

namespace Parley.Server.Api.Grammar;

/// <summary><c>POST /v1/correct</c>: corrects a learner's text on this machine; a language model is asked only where the request names one.</summary>
internal sealed class CorrectionEndpoint(
    Lazy<Corrector> corrector, GatewayOptions options, ModelCorrectorOptions asking, TimeProvider time, ModelDirectory? models = null)
{
    private const int MaxBodyBytes = 256 * 1024;

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        CorrectionRequest request;
        string? name;
        using (var body = await JsonBody.ReadAsync(http, MaxBodyBytes, options.BodyTimeout, time)) { (request, name) = (CorrectionCall.From(body), body.Text("model")); }
        var correction = corrector.Value.Correct(request);
        if (name is not null && models is not null)
        {
            var (client, _) = await models.SelectAsync(name);
            correction = await new ModelCorrector(client, time, asking).CorrectAsync(correction, request, http.RequestAborted);
        }
        return Results.Bytes(CorrectionJson.Write(correction), "application/json");
    }
}
