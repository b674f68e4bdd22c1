using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Transports.Realtime.Wire;

/// <summary>A piece of a message.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(InputTextPart), "input_text")]
[JsonDerivedType(typeof(InputAudioPart), "input_audio")]
[JsonDerivedType(typeof(OutputTextPart), "output_text")]
[JsonDerivedType(typeof(OutputAudioPart), "output_audio")]
internal abstract record ContentPart
{
    /// <summary>Its words; null where it has none that are known.</summary>
    public abstract string? ReadWords();
}

internal sealed record InputTextPart(string? Text) : ContentPart
{
    public override string? ReadWords() => Text;
}

/// <summary>What the user said. Clients read the key <c>transcript</c> even where there is no transcript.</summary>
internal sealed record InputAudioPart([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Transcript, byte[]? Audio = null) : ContentPart
{
    public override string? ReadWords() => Transcript;
}

internal sealed record OutputTextPart(string? Text) : ContentPart
{
    public override string? ReadWords() => Text;
}

internal sealed record OutputAudioPart(string? Transcript, byte[]? Audio = null) : ContentPart
{
    public override string? ReadWords() => Transcript;
}

/// <summary>What a message consists of, in events about its making: the names differ from those in the message.</summary>
internal sealed record PartOutline(PartKind Type, string? Text = null, string? Transcript = null);

[JsonConverter(typeof(SnakeCaseEnumConverter<PartKind>))]
internal enum PartKind
{
    Audio,
    Text,
}
