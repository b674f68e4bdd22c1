using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Transports.Xiaozhi;

/// <summary>A message to a device.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ServerHello), "hello")]
[JsonDerivedType(typeof(UserSaid), "stt")]
[JsonDerivedType(typeof(Face), "llm")]
[JsonDerivedType(typeof(Speech), "tts")]
[JsonDerivedType(typeof(Alert), "alert")]
[JsonDerivedType(typeof(ToolsOrder), "mcp")]
internal abstract record DeviceOrder
{
    [JsonPropertyOrder(-1)]
    public string SessionId { get; set; } = "";
}

/// <summary>The answer to <see cref="DeviceHello"/>; a device waits ten seconds for it.</summary>
/// <param name="AudioParams">The assistant's voice.</param>
/// <param name="Transport">A device refuses any other word.</param>
internal sealed record ServerHello(AudioParams AudioParams, string Transport = "websocket") : DeviceOrder;

/// <summary>What the user said, for the display.</summary>
internal sealed record UserSaid(string Text) : DeviceOrder;

/// <summary>How the device should look.</summary>
/// <param name="Emotion">A name that the firmware has a face for.</param>
/// <param name="Text">The same as an emoji.</param>
internal sealed record Face(string Emotion, string Text) : DeviceOrder;

/// <summary>The assistant begins to speak, says a sentence, or is silent.</summary>
internal sealed record Speech(SpeechState State, string? Text = null) : DeviceOrder;

/// <summary>Something is wrong: shown on the display, with a sound.</summary>
internal sealed record Alert(string Status, string Message, string Emotion) : DeviceOrder;

[JsonConverter(typeof(SnakeCaseEnumConverter<SpeechState>))]
internal enum SpeechState
{
    Start,
    SentenceStart,
    Stop,
}
