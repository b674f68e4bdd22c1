namespace Parley.Replies;

/// <summary>
/// Keys under which the pipeline and a chat client talk past the text: in <c>ChatMessage.AdditionalProperties</c>
/// and <c>ChatOptions.AdditionalProperties</c>. A client that does not know a key ignores it.
/// </summary>
public static class ReplyProperties
{
    /// <summary>On a user message, <see cref="double"/> 0 to 1: how sure the recogniser is. Absent for typed text.</summary>
    public const string Confidence = "parley.confidence";

    /// <summary>On a user message, <see cref="string"/>: the <see cref="Suggestion.Id"/> that was chosen, if one was.</summary>
    public const string SuggestionId = "parley.suggestion_id";

    /// <summary>
    /// On an assistant message, <see cref="bool"/> true: the listener broke in, and the text holds only what was heard. In a prompt a dash
    /// follows it, which the system prompt explains.
    /// </summary>
    public const string Interrupted = "parley.interrupted";

    /// <summary>On the options, <see cref="string"/>: the scenario of the session's configuration.</summary>
    public const string Scenario = "parley.scenario";

    /// <summary>On the options, <see cref="string"/>: the learner's level, A1 to C2.</summary>
    public const string Level = "parley.level";

    /// <summary>On the options, <see cref="string"/>: who learns, if the client said so.</summary>
    public const string LearnerId = "parley.learner_id";

    /// <summary>On the options, a list of <see cref="string"/>: sentences that the learner said wrong before, as they are right, and is to say again.</summary>
    public const string Practise = "parley.practise";

    /// <summary>On the options, <see cref="string"/>: what the learner is called; null or absent where they did not say.</summary>
    public const string LearnerName = "parley.learner_name";

    /// <summary>On the options, a list of <see cref="string"/>: sentences in which the learner told something of themselves before, the newest first.</summary>
    public const string Told = "parley.told";

    /// <summary>On the options, <see cref="long"/>: the seed of the session, for clients that vary their wording.</summary>
    public const string Seed = "parley.seed";

    /// <summary>On the options, <see cref="Task"/>: ends when the turn is certain. No tool is called before; absent: it is certain.</summary>
    public const string Committed = "parley.committed";

    /// <summary>On the options, <see cref="Replies.UserContext"/>: what the user looks at and does, for tools that ask.</summary>
    public const string UserContext = "parley.user_context";

    /// <summary>On the options, <see cref="Tools.IToolObserver"/>: is told of every call of a tool.</summary>
    public const string ToolObserver = "parley.tool_observer";

    /// <summary>On a <c>TextContent</c>, <see cref="bool"/> true: an opener of the small model, said while the large one thinks.</summary>
    public const string Quick = "parley.quick";

    /// <summary>On the options, <see cref="bool"/> true: the large model answers alone.</summary>
    public const string NoQuickReply = "parley.no_quick_reply";

    /// <summary>On the options, <see cref="Replies.Wire.WireRequest"/>: the request as its client wrote it.</summary>
    public const string Wire = "parley.wire";

    /// <summary>
    /// On a <c>ChatResponseUpdate</c>, then kept on the assistant message in the history: whatever the client wants to find there in the
    /// next turn. Clients are shared by all sessions and hold no state of their own.
    /// </summary>
    public const string State = "parley.state";
}
