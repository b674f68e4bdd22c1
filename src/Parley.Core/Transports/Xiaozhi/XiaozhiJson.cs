using System.Text.Json.Serialization;

namespace Parley.Transports.Xiaozhi;

/// <summary>The source-generated JSON of the dialect: snake_case, nulls left out, unknown fields ignored. Devices put their type anywhere.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(DeviceMessage))]
[JsonSerializable(typeof(DeviceOrder))]
internal sealed partial class XiaozhiJson : JsonSerializerContext;
