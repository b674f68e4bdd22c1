using System.Text.Json.Serialization;
using Parley.Transports.Protocol;

namespace Parley.Turns;

/// <summary>What a session is doing, as the client sees it.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<TurnState>))]
public enum TurnState
{
    /// <summary>Nobody speaks.</summary>
    Idle,

    /// <summary>The user speaks.</summary>
    Listening,

    /// <summary>The user's turn has ended; the reply is not audible yet.</summary>
    Thinking,

    /// <summary>The assistant speaks.</summary>
    Speaking,

    /// <summary>The assistant is held while an interruption is being judged.</summary>
    Paused,
}
