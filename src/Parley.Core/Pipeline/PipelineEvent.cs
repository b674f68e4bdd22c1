using Parley.Asr;
using Parley.Replies;
using Parley.Replies.Tools;

namespace Parley.Pipeline;

/// <summary>What background work tells the session's loop.</summary>
internal abstract record PipelineEvent;

/// <summary>A partial transcript came.</summary>
internal sealed record PartialHeard(Utterance Utterance, PartialTranscript Partial) : PipelineEvent;

/// <summary>The final transcript came, or why it did not.</summary>
internal sealed record UtteranceEnded(Utterance Utterance, FinalTranscript? Final, Exception? Failure) : PipelineEvent;

/// <summary>A better transcript came after the final one, or none will.</summary>
internal sealed record UtteranceRefined(Utterance Utterance, FinalTranscript? Refined) : PipelineEvent;

/// <summary>The end-of-turn model has judged a pause of the user.</summary>
internal sealed record PauseJudged(int Pause, double Probability) : PipelineEvent;

/// <summary>The reply offers answers for the next turn.</summary>
internal sealed record AnswersOffered(Reply Reply, SuggestionsContent Suggestions) : PipelineEvent;

/// <summary>The reply's first audio is in the socket.</summary>
internal sealed record ReplyAudible(Reply Reply) : PipelineEvent;

/// <summary>A tool has answered; its reply may be over.</summary>
internal sealed record ToolAnswered(ToolExchange Call, ToolExchange Answer) : PipelineEvent;

/// <summary>The reply calls a tool that the client runs.</summary>
internal sealed record ClientToolCalled(Reply Reply, ToolExchange Call) : PipelineEvent;

/// <summary>Nobody has said anything for long.</summary>
internal sealed record SilenceTooLong(int Period) : PipelineEvent;

/// <summary>Time to look whether the session hangs.</summary>
internal sealed record WatchdogLooks : PipelineEvent;

/// <summary>The chat client failed; an apology is being spoken.</summary>
internal sealed record ReplyFailed(Reply Reply, Exception Failure) : PipelineEvent;

/// <summary>The reply was heard to its end, or could not be.</summary>
internal sealed record ReplyEnded(Reply Reply, Exception? Failure) : PipelineEvent;
