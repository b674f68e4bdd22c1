using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Transports.Xiaozhi;

/// <summary>A message of a device. Of what devices may say more, nothing is done with it, and it is read as far as that needs.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DeviceHello), "hello")]
[JsonDerivedType(typeof(Listen), "listen")]
[JsonDerivedType(typeof(Abort), "abort")]
[JsonDerivedType(typeof(Goodbye), "goodbye")]
[JsonDerivedType(typeof(ToolsMessage), "mcp")]
internal abstract record DeviceMessage;

/// <summary>The first message.</summary>
/// <param name="Version">Of the <see cref="BinaryFraming"/>.</param>
/// <param name="AudioParams">The microphone's.</param>
/// <param name="Features">What the device can do besides.</param>
internal sealed record DeviceHello(int? Version = null, AudioParams? AudioParams = null, DeviceFeatures? Features = null) : DeviceMessage;

/// <param name="Mcp">Whether it has tools that can be asked for.</param>
internal sealed record DeviceFeatures(bool? Mcp = null);

/// <summary>The microphone opens or closes, or a wake word was heard.</summary>
/// <param name="State">Which of these.</param>
/// <param name="Mode">When it opens: what will close it.</param>
/// <param name="Text">The wake word, or words that stand for it.</param>
internal sealed record Listen(ListenState? State, ListenMode? Mode = null, string? Text = null) : DeviceMessage;

/// <summary>The user wants the assistant to stop.</summary>
internal sealed record Abort : DeviceMessage;

/// <summary>The conversation is over. Over a WebSocket a device just closes the line; some say this before.</summary>
internal sealed record Goodbye : DeviceMessage;

[JsonConverter(typeof(SnakeCaseEnumConverter<ListenState>))]
internal enum ListenState
{
    Start,
    Stop,
    Detect,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<ListenMode>))]
internal enum ListenMode
{
    /// <summary>The server hears where the turn ends; the microphone is closed while the assistant speaks.</summary>
    Auto,

    /// <summary>A button is held for as long as the user speaks.</summary>
    Manual,

    /// <summary>The microphone stays open: the device cancels its echo, and its user may interrupt.</summary>
    Realtime,
}

/// <summary>How audio is sent in one direction.</summary>
/// <param name="Format"><c>opus</c>.</param>
/// <param name="SampleRate">In Hz.</param>
/// <param name="Channels">1.</param>
/// <param name="FrameDuration">Milliseconds in a frame.</param>
internal sealed record AudioParams(string? Format, int? SampleRate, int? Channels, int? FrameDuration);
