using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Api.Documentation;
using Parley.Tutor;
using Parley.Tutor.Scripting;

namespace Parley.Server.Api.Scenarios;

/// <summary><c>GET /v1/scenarios</c>: what can be practised, for learners to choose from.</summary>
internal static class ScenarioEndpoint
{
    /// <summary>Maps it. Scenarios are read at the first request and then no more, as the tutor reads them.</summary>
    public static void MapScenarios(this IEndpointRouteBuilder routes, TutorOptions options)
    {
        var scenarios = new Lazy<ScenarioList>(() => new("list", [.. new ScenarioLibrary(options.ScenarioFolder).All.Select(Describe)]));
        routes.MapGet("/scenarios", () => Results.Json(scenarios.Value, ScenarioJson.Default.ScenarioList))
            .Describe("Learners", "Lists what can be practised.").Gives(typeof(ScenarioList));
    }

    private static ScenarioObject Describe(Scenario scenario) =>
        new(scenario.Id, "scenario", scenario.Title, scenario.Role, scenario.Levels, [.. scenario.Goals.Values], scenario.Open);
}

internal sealed record ScenarioList(string Object, IReadOnlyList<ScenarioObject> Data);

/// <summary>A scenario as the API lists it: whom the tutor plays, for which levels, what is practised, and whether it is free talk.</summary>
internal sealed record ScenarioObject(string Id, string Object, string Title, string Role, IReadOnlyList<string> Levels, IReadOnlyList<string> Goals, bool Open);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ScenarioList))]
internal sealed partial class ScenarioJson : JsonSerializerContext;
