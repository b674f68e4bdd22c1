using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.Learning.Levels;
using Parley.Server.Api.Audio;
using Parley.Server.Api.Chat;
using Parley.Server.Api.Documentation;
using Parley.Server.Api.Embeddings;
using Parley.Server.Api.Grammar;
using Parley.Server.Api.Learners;
using Parley.Server.Api.Models;
using Parley.Server.Api.Operations;
using Parley.Server.Api.Pronunciation;
using Parley.Server.Api.Realtime;
using Parley.Server.Api.Reports;
using Parley.Server.Api.Scenarios;
using Parley.Server.Learning;
using Parley.Server.Quality;
using Parley.Tutor;

namespace Parley.Server.Api;

/// <summary>The root of the OpenAI-compatible endpoints.</summary>
internal static class ApiRoutes
{
    /// <summary>All of them, and an answer to what is none of them. Called once an application.</summary>
    public static void MapOpenAICompatible(this IEndpointRouteBuilder routes)
    {
        routes.MapAccess();
        var api = routes.MapApi();
        api.MapAudio();
        api.MapChat();
        api.MapPronunciation();
        api.MapEmbeddings();
        api.MapCorrections();
        var services = routes.ServiceProvider;
        if (services.GetService<LearnerRecords>() is { } records) { api.MapLearners(records, services.GetRequiredService<Lazy<VocabularyBands?>>(), services.GetRequiredService<TimeProvider>()); }
        api.MapModels();
        api.MapScenarios(routes.ServiceProvider.GetService<TutorOptions>() ?? new TutorOptions());
        api.MapClientSecrets();
        api.MapOperations();
        if (services.GetService<FigureLog>() is not null) { api.MapReports(); }
        api.MapUnknown();
    }

    /// <summary>The group <c>/v1</c>, in which failures become error objects.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").GivesErrors(
            StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests, StatusCodes.Status500InternalServerError,
            StatusCodes.Status503ServiceUnavailable);
        var services = routes.ServiceProvider;
        var gate = new ApiGate(ActivatorUtilities.CreateInstance<ApiErrorFilter>(services), services.GetService<ApiKeys>(), services.GetService<RequestLimits>());
        ((IEndpointConventionBuilder)group).Finally(endpoint => endpoint.RequestDelegate = gate.Around(endpoint.RequestDelegate!));
        return group;
    }

    private static void MapUnknown(this RouteGroupBuilder group) => group.MapFallback("/{**path}", IResult (HttpContext context) =>
        throw new ApiException(new ApiError(404, $"There is nothing at {context.Request.Method} on this address.", Code: "unknown_url"))).ExcludeFromDescription();
}
