namespace Parley.Turns;

/// <summary>The moments between which a turn's durations are taken.</summary>
public enum TurnMoment
{
    /// <summary>The first speech sample arrived.</summary>
    SpeechStart,

    /// <summary>The last speech sample arrived.</summary>
    SpeechEnd,

    /// <summary>The first partial transcript came.</summary>
    FirstPartial,

    /// <summary>The turn's end was decided, and the final transcript asked for.</summary>
    TurnEnd,

    /// <summary>The final transcript came.</summary>
    Final,

    /// <summary>The reply engine was called.</summary>
    ReplyAsked,

    /// <summary>The reply's first text came.</summary>
    FirstToken,

    /// <summary>The text came that made the first clause speakable.</summary>
    ClauseToken,

    /// <summary>The synthesiser was given the first clause.</summary>
    ClauseAsked,

    /// <summary>The synthesiser's first audio came.</summary>
    ClauseAudio,

    /// <summary>The first packet of audio went into the socket.</summary>
    FirstAudioSent,

    /// <summary>How many there are; not a moment.</summary>
    Count,
}
