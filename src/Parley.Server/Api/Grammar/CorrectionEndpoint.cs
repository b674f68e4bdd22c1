using Microsoft.AspNetCore.Http;
using Parley.Learning.Grammar;
using Parley.Server.Configuration;

namespace Parley.Server.Api.Grammar;

/// <summary><c>POST /v1/correct</c>: corrects a learner's text on this machine.</summary>
internal sealed class CorrectionEndpoint(Lazy<Corrector> corrector, GatewayOptions options, TimeProvider time)
{
    private const int MaxBodyBytes = 256 * 1024;

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        CorrectionRequest request;
        using (var body = await JsonBody.ReadAsync(http, MaxBodyBytes, options.BodyTimeout, time)) { request = CorrectionCall.From(body); }
        return Results.Bytes(CorrectionJson.Write(corrector.Value.Correct(request)), "application/json");
    }
}
