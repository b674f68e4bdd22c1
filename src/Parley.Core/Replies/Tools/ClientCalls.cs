namespace Parley.Replies.Tools;

/// <summary>
/// The calls of tools that the client runs. They end the reply that makes them, so in the history they follow its words; a result may come before
/// that or long after.
/// </summary>
/// <remarks>Used by the session's loop alone. Bounded: of many calls without a result the oldest get none any more.</remarks>
public sealed class ClientCalls(ConversationHistory history)
{
    private const int MaxOpen = 64;

    private readonly List<ToolExchange> _open = [];
    private readonly List<ToolExchange> _ofReply = [];

    /// <summary>Whether the reply that is being given has made some.</summary>
    public bool Any => _ofReply.Count > 0;

    /// <summary>The reply that is being given makes one.</summary>
    public void Add(ToolExchange call)
    {
        if (_open.Count == MaxOpen) { _open.RemoveAt(0); }
        _open.Add(call);
        _ofReply.Add(call);
    }

    /// <summary>Looks for the newest call of this id that waits for its result; null: there is none.</summary>
    public ToolExchange? Find(string callId) => _open.FindLast(c => c.CallId == callId);

    /// <summary>The result of a call has come.</summary>
    /// <param name="call">The call, as <see cref="Find"/> gave it.</param>
    /// <param name="answer">It, with its result.</param>
    public void Answer(ToolExchange call, ToolExchange answer)
    {
        _open.Remove(call);
        var at = _ofReply.IndexOf(call);
        if (at >= 0) { _ofReply[at] = answer; } else { history.AnswerTool(call, answer); }
    }

    /// <summary>The reply is over, and its words are remembered: so are its calls.</summary>
    /// <returns>Whether there were some.</returns>
    public bool EndReply()
    {
        history.AddTools(_ofReply);
        var any = Any;
        _ofReply.Clear();
        return any;
    }

    /// <summary>Takes over from a session that was broken off, after the history has.</summary>
    public void Restore(ClientCalls before)
    {
        _open.AddRange(before._open);
        _ofReply.AddRange(before._ofReply);
    }
}
