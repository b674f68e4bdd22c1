using Parley.Asr;
using Parley.Pipeline;
using Parley.Replies;
using Parley.Replies.Tools;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Sessions.Resuming;

/// <summary>A session as its timeline tells it: all that is needed to go on.</summary>
internal sealed record SessionSnapshot
{
    public required SessionConfig Config { get; init; }

    /// <summary>By stage, the engines that served it last.</summary>
    public IReadOnlyDictionary<string, string> Engines { get; init; } = new Dictionary<string, string>();

    /// <summary>The number of the timeline's last entry.</summary>
    public required long LastEntry { get; init; }

    /// <summary>The highest <c>seq</c> that was sent.</summary>
    public required long LastSeq { get; init; }

    public required uint LastGeneration { get; init; }

    /// <summary>The highest number of a turn.</summary>
    public required int LastTurn { get; init; }

    public required ConversationHistory History { get; init; }

    /// <summary>The calls of tools that the client runs.</summary>
    public required ClientCalls Calls { get; init; }

    /// <summary>What the user looks at.</summary>
    public required IReadOnlyList<ContextItem> Context { get; init; }

    /// <summary>What the user did.</summary>
    public required IReadOnlyList<UserAction> Actions { get; init; }

    public RecognitionHints? Hints { get; init; }

    /// <summary>What the user said before an answer was heard, and goes on with.</summary>
    public string? Unanswered { get; init; }

    /// <summary>What the user said into the reply, to be remembered behind it.</summary>
    public required IReadOnlyList<UserSpoke> Waiting { get; init; }

    /// <summary>The turn that was understood and waits for the client, to ask for its answer or for what its tools gave; null where there is none.</summary>
    public string? HeldTurn { get; init; }

    /// <summary>The turn whose reply was not heard to its end; null where nothing is owed.</summary>
    public string? OpenTurn { get; init; }

    /// <summary>The generation of that reply; 0 where none was begun.</summary>
    public uint OpenGeneration { get; init; }

    /// <summary>Where that reply goes on; null: the turn is answered anew.</summary>
    public ReplyResumption? Reply { get; init; }

    /// <summary>Replies beside the conversation that were not over: they do not go on.</summary>
    public required IReadOnlyCollection<uint> Beside { get; init; }

    /// <summary>What was sent after the client's <c>last_seq</c>, in order.</summary>
    public required IReadOnlyList<ServerMessage> Missed { get; init; }
}
