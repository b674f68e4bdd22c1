using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Parley.Transports.Protocol;

/// <summary>A tool that the client runs: the model may call it, the client gives the result.</summary>
/// <param name="Name">1 to 64 letters, digits, underscores and hyphens.</param>
/// <param name="Description">What it does, for the model.</param>
/// <param name="Parameters">The JSON schema of its arguments, an object; none: it takes none.</param>
public sealed record ClientTool(string? Name, string? Description = null, JsonElement? Parameters = null)
{
    private static readonly JsonElement s_noParameters = JsonElement.Parse("""{"type":"object","properties":{}}""");

    /// <summary>The tool as a model is offered it.</summary>
    internal AITool ToDeclaration() => AIFunctionFactory.CreateDeclaration(Name!, Description, Parameters ?? s_noParameters);
}
