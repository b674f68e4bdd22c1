namespace Parley.Pipeline;

/// <summary>A state in which a session hung.</summary>
public enum Stall
{
    /// <summary>The reply engine gave no text.</summary>
    Thinking,

    /// <summary>A reply was being spoken, and no audio left.</summary>
    Speaking,

    /// <summary>The user was speaking, and no audio came.</summary>
    Listening,

    /// <summary>The client did not take what was sent to it.</summary>
    NotReading,
}
