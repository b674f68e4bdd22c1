using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Transports.Realtime.Sessions;

/// <summary>A voice by its name, or as <c>{"id":…}</c>; told by its name.</summary>
[JsonConverter(typeof(VoiceNameConverter))]
internal sealed record VoiceName(string Name);

internal sealed class VoiceNameConverter : JsonConverter<VoiceName>
{
    public override VoiceName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        var root = value.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out var id)) { root = id; }
        return root.ValueKind == JsonValueKind.String ? new VoiceName(root.GetString()!) : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, VoiceName value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
