namespace Parley.Timeline;

/// <summary>What a timeline tells of. Recordings live long: names may be added, never changed.</summary>
public static class TimelineKinds
{
    /// <summary>The session begins or goes on after a resume: configuration, engines, versions, seed.</summary>
    public const string Begin = "session.begin";

    /// <summary>A message of the client.</summary>
    public const string Received = "received";

    /// <summary>Audio of the client as it came, PCM16; only with consent to record.</summary>
    public const string Audio = "audio";

    /// <summary>A message to the client, in the order of <c>seq</c>.</summary>
    public const string Sent = "sent";

    /// <summary>The configuration changed.</summary>
    public const string Config = "session.config";

    /// <summary>A turn of the user was understood: the text that the reply is made from.</summary>
    public const string User = "history.user";

    /// <summary>The user goes on: what they said last belongs to their next turn.</summary>
    public const string TakeBack = "history.take_back";

    /// <summary>What was heard of a reply, and what was not.</summary>
    public const string Assistant = "history.assistant";

    /// <summary>A reply may be heard from now on.</summary>
    public const string ReplyBegin = "reply.begin";

    /// <summary>A clause of a reply was given to the synthesiser.</summary>
    public const string Segment = "reply.segment";

    /// <summary>The text of a reply is complete.</summary>
    public const string ReplyWritten = "reply.written";

    /// <summary>Audio of a reply has left; twice a second.</summary>
    public const string AudioLeft = "reply.audio";

    /// <summary>The session stopped in the middle of a reply.</summary>
    public const string Suspended = "reply.suspended";

    /// <summary>What the recogniser expects next.</summary>
    public const string Hints = "hints";

    /// <summary>The turn detector ended a turn, and why.</summary>
    public const string TurnEnd = "turn.end";

    /// <summary>The client reported an impossible playback position, which was clamped.</summary>
    public const string PlaybackClamped = "playback.clamped";

    /// <summary>The session hung and was got going again.</summary>
    public const string Watchdog = "watchdog";

    /// <summary>Something the client sent was refused.</summary>
    public const string Refused = "refused";
}
