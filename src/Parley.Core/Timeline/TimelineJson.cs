using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Transports.Protocol;
using Parley.Turns;

namespace Parley.Timeline;

/// <summary>Writes the data of timeline entries.</summary>
/// <remarks>Thread-safe.</remarks>
public static class TimelineJson
{
    /// <summary>The entry as it is stored.</summary>
    /// <exception cref="ArgumentException">Nobody said how to write data of this type: a slip in the code.</exception>
    public static StoredEntry Encode(TimelineEntry entry) => new(entry.Number, entry.At, entry.Kind, entry.Data switch
    {
        null => default,
        ReadOnlyMemory<byte> pcm => pcm,
        ServerMessage message => JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Default.ServerMessage),
        ClientMessage message => JsonSerializer.SerializeToUtf8Bytes(message, ProtocolJson.Default.ClientMessage),
        var data => JsonSerializer.SerializeToUtf8Bytes(
            data, TimelineJsonContext.Default.GetTypeInfo(data.GetType()) ?? throw new ArgumentException($"The timeline cannot write {data.GetType()}.", nameof(entry))),
    });
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(TurnDecision))]
internal sealed partial class TimelineJsonContext : JsonSerializerContext;
