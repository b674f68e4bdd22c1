using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Transports.EchoKit;

/// <summary>What a device says in text frames; audio comes in binary ones.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(StartRecord), "StartRecord")]
[JsonDerivedType(typeof(StartChat), "StartChat")]
[JsonDerivedType(typeof(Submit), "Submit")]
[JsonDerivedType(typeof(TypedText), "Text")]
[JsonDerivedType(typeof(Select), "Select")]
internal abstract record EchoKitCommand
{
    /// <summary>Reads a text frame.</summary>
    /// <returns>Null: it is no command.</returns>
    public static EchoKitCommand? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, EchoKitJson.Default.EchoKitCommand);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}

/// <summary>The device is about to record. That it does so it has said when it connected.</summary>
internal sealed record StartRecord : EchoKitCommand;

/// <summary>The microphone opens: audio follows.</summary>
internal sealed record StartChat : EchoKitCommand;

/// <summary>The user's turn is over.</summary>
internal sealed record Submit : EchoKitCommand;

/// <summary>The user typed.</summary>
internal sealed record TypedText(string? Input) : EchoKitCommand;

/// <summary>The user chose one of the answers that were offered last, counted from 0.</summary>
internal sealed record Select(uint? Index) : EchoKitCommand;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(EchoKitCommand))]
internal sealed partial class EchoKitJson : JsonSerializerContext;
