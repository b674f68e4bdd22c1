namespace Parley.Timeline;

/// <summary>What a timeline tells of. Recordings live long: names may be added, never changed.</summary>
public static class TimelineKinds
{
    /// <summary>The session begins or goes on after a resume: configuration, engines, versions, seed.</summary>
    public const string Begin = "session.begin";

    /// <summary>A message of the client.</summary>
    public const string Received = "received";

    /// <summary>Audio of the client, 16 kHz PCM16, as it came; only with consent to record.</summary>
    public const string Audio = "audio";

    /// <summary>A message to the client, in the order of <c>seq</c>.</summary>
    public const string Sent = "sent";

    /// <summary>Which engines serve a stage of the session, and why.</summary>
    public const string Policy = "policy";

    /// <summary>The configuration changed.</summary>
    public const string Config = "session.config";

    /// <summary>A turn of the user was understood: the text that the reply is made from.</summary>
    public const string User = "history.user";

    /// <summary>The same while the assistant spoke on: it is remembered once that is over.</summary>
    public const string Waiting = "history.waiting";

    /// <summary>The user goes on: what they said last belongs to their next turn.</summary>
    public const string TakeBack = "history.take_back";

    /// <summary>What the user said is remembered in better words.</summary>
    public const string Refined = "history.refined";

    /// <summary>What was heard of a reply, and what was not.</summary>
    public const string Assistant = "history.assistant";

    /// <summary>What was heard of a reply that is over, in the words of the client that stopped it.</summary>
    public const string Corrected = "history.corrected";

    /// <summary>A message was put into the conversation by hand.</summary>
    public const string Added = "history.added";

    /// <summary>A message was taken out of the conversation.</summary>
    public const string Removed = "history.removed";

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

    /// <summary>A tool was called and answered; one that the client runs is noted when it is called, and again when it is answered.</summary>
    public const string Tool = "history.tool";

    /// <summary>The turn detector ended a turn, and why.</summary>
    public const string TurnEnd = "turn.end";

    /// <summary>A sound held the reply: what it was taken for, and why.</summary>
    public const string Interruption = "interruption";

    /// <summary>The client reported an impossible playback position, which was clamped.</summary>
    public const string PlaybackClamped = "playback.clamped";

    /// <summary>The session hung and was got going again.</summary>
    public const string Watchdog = "watchdog";

    /// <summary>The detector judged a window: in recordings that are older than <see cref="Windows"/>.</summary>
    public const string Window = "vad.window";

    /// <summary>The detector judged some windows, a second of them at the most; each says which entry it came before.</summary>
    public const string Windows = "vad.windows";

    /// <summary>What was known when the turn detector was asked.</summary>
    public const string TurnSignals = "turn.signals";

    /// <summary>The recogniser understood something.</summary>
    public const string AsrPartial = "asr.partial";

    /// <summary>The recogniser gave its final transcript.</summary>
    public const string AsrFinal = "asr.final";

    /// <summary>The session's loop came to a transcript.</summary>
    public const string AsrTaken = "asr.taken";

    /// <summary>A better transcript came after the final one.</summary>
    public const string AsrRefined = "asr.refined";

    /// <summary>The recogniser failed.</summary>
    public const string AsrFailed = "asr.failed";

    /// <summary>The reply engine was asked.</summary>
    public const string ReplyCall = "reply.call";

    /// <summary>The reply engine gave something.</summary>
    public const string ReplyUpdate = "reply.update";

    /// <summary>The reply engine has finished.</summary>
    public const string ReplyEnd = "reply.end";

    /// <summary>The reply engine failed.</summary>
    public const string ReplyFailed = "reply.failed";

    /// <summary>The synthesiser was asked.</summary>
    public const string SpeechCall = "tts.call";

    /// <summary>The synthesiser gave speech.</summary>
    public const string Speech = "tts.speech";

    /// <summary>The synthesiser has finished a clause.</summary>
    public const string SpeechEnd = "tts.end";

    /// <summary>The synthesiser failed.</summary>
    public const string SpeechFailed = "tts.failed";

    /// <summary>A sound was measured to judge an interruption by.</summary>
    public const string Sound = "interruption.sound";

    /// <summary>A playback position was read to decide by.</summary>
    public const string Position = "playback.position";

    /// <summary>Another engine serves a stage.</summary>
    public const string EngineChange = "engine.change";

    /// <summary>The client sent something that was no message, or no audio.</summary>
    public const string Invalid = "invalid";

    /// <summary>Something the client sent was refused.</summary>
    public const string Refused = "refused";
}
