using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Parley.Transports.Realtime.Sessions;

namespace Parley.Transports.Realtime.Wire;

/// <summary>The source-generated JSON of the Realtime API: snake_case, nulls left out but where a client looks for them, unknown fields ignored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(ClientEvent))]
[JsonSerializable(typeof(ServerEvent))]
[JsonSerializable(typeof(RealtimeSession))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class RealtimeJson : JsonSerializerContext;
