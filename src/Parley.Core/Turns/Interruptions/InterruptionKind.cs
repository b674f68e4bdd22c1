using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Turns.Interruptions;

/// <summary>What a sound during a reply is.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<InterruptionKind>))]
public enum InterruptionKind
{
    /// <summary>Not known yet; if silence follows, it was nothing.</summary>
    Undecided,

    /// <summary>The user wants the floor.</summary>
    Interruption,

    /// <summary>The user listens and says so: "mm-hm", "yeah".</summary>
    Backchannel,

    /// <summary>A cough, a breath, a keyboard, somebody else far away.</summary>
    Noise,

    /// <summary>The assistant's own voice, back through the microphone.</summary>
    Echo,
}
