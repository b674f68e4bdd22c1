namespace Parley.Recording;

/// <summary>What a playback position is read for.</summary>
public enum PlaybackPurpose
{
    /// <summary>The listener is held there.</summary>
    Pause,

    /// <summary>The listener goes on from there.</summary>
    Resume,

    /// <summary>The reply was cut off there.</summary>
    Cancel,

    /// <summary>The text of the reply is complete.</summary>
    Written,

    /// <summary>The reply was heard to its end.</summary>
    End,

    /// <summary>Another reply was asked for: so much of this one had left.</summary>
    Respond,
}
