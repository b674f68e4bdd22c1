using Microsoft.Extensions.AI;
using Parley.Transports.Protocol;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>A client's tools, and whether they are called, as Parley's own session has them.</summary>
internal static class NativeTools
{
    /// <summary>The tools; a null among them stays one, for the rules to find.</summary>
    public static IReadOnlyList<ClientTool> From(IReadOnlyList<ToolDefinition> tools) =>
        [.. tools.Select(t => t is null ? null! : new ClientTool(t.Name, t.Description, t.Parameters))];

    public static ChatToolMode From(ToolChoice choice) => choice switch
    {
        { Name: { } name } => ChatToolMode.RequireSpecific(name),
        { Mode: ToolChoice.None } => ChatToolMode.None,
        { Mode: ToolChoice.Required } => ChatToolMode.RequireAny,
        _ => ChatToolMode.Auto,
    };
}
