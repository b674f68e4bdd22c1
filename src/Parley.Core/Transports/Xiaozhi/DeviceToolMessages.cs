using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Parley.Transports.Xiaozhi;

// The device's own tools speak the Model Context Protocol: JSON-RPC, whose names are in camelCase.

/// <summary>What a device's tools say.</summary>
internal sealed record ToolsMessage(ToolsAnswer? Payload) : DeviceMessage;

/// <summary>The answer to a request; a notification has no id.</summary>
internal sealed record ToolsAnswer(long? Id, ToolsResult? Result = null, ToolsError? Error = null);

/// <summary>What was listed, or what a call has given.</summary>
internal sealed record ToolsResult
{
    public IReadOnlyList<DeviceTool?>? Tools { get; init; }

    /// <summary>Where the list goes on; empty: it is complete.</summary>
    [JsonPropertyName("nextCursor")]
    public string? NextCursor { get; init; }

    public IReadOnlyList<ToolContent?>? Content { get; init; }
}

/// <summary>A tool of the device.</summary>
/// <param name="Name">Such as <c>self.audio_speaker.set_volume</c>.</param>
/// <param name="Description">What it does, for the model.</param>
/// <param name="InputSchema">The JSON schema of its arguments.</param>
internal sealed record DeviceTool(string? Name, string? Description = null, [property: JsonPropertyName("inputSchema")] JsonElement? InputSchema = null);

/// <summary>A part of what a call has given; only text says something here.</summary>
internal sealed record ToolContent(string? Text);

internal sealed record ToolsError(string? Message);

/// <summary>A message to the device's tools.</summary>
internal sealed record ToolsOrder(ToolsRequest Payload) : DeviceOrder;

/// <summary>A request to the device's tools, which the answer names by its id.</summary>
internal sealed record ToolsRequest(string Method, JsonObject Params, long Id)
{
    [JsonPropertyOrder(-1)]
    public string Jsonrpc { get; } = "2.0";
}
