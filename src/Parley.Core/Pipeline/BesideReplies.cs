using Parley.Diagnostics;
using Parley.Sessions;
using Parley.Transports.Protocol;

namespace Parley.Pipeline;

/// <summary>Replies beside the conversation that come while somebody speaks: text only, on nobody's floor, and not remembered.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class BesideReplies(PipelineContext context, Floor floor, Answering answering)
{
    private const int MaxAtOnce = 4;

    private readonly List<Reply> _replies = [];

    public bool Any => _replies.Count > 0;

    public bool Has(Reply reply) => _replies.Contains(reply);

    /// <exception cref="RefusedException">There are too many already.</exception>
    public void Begin(ReplyRequest request)
    {
        if (_replies.Count == MaxAtOnce) { throw new RefusedException(ErrorCodes.ReplyActive, $"There are {MaxAtOnce} replies beside the conversation already."); }
        var reply = answering.Begin(floor.NewTurn(), request with { Config = request.Config with { Speech = false } }, isOnFloor: false);
        _replies.Add(reply);
        answering.Announce(reply, context.Fence.Open(), request.Id);
    }

    /// <summary>The reply is written, or could not be.</summary>
    public void OnEnded(ReplyEnded ended)
    {
        var reply = ended.Reply;
        _replies.Remove(reply);
        if (ended.Failure is { } e) { context.Fail((e as VoiceException)?.Stage ?? VoiceStage.Reply, e); }
        floor.Send(new AssistantTextDone(reply.Turn.Id, reply.Generation, reply.Text, reply.Text, reply.Cut, reply.Usage));
        floor.Send(new ReplyFinished(reply.Turn.Id, reply.Generation, reply.HasFailed));
        context.Background.Add(reply.DisposeAsync());
    }

    /// <summary>Ends the reply now.</summary>
    /// <returns>False: none of these has this number.</returns>
    public bool Cancel(uint generation)
    {
        if (_replies.Find(r => r.Generation == generation) is not { } reply) { return false; }
        _replies.Remove(reply);
        context.Background.Add(CancelAsync(reply));
        return true;
    }

    /// <summary>The session is over.</summary>
    public void Stop()
    {
        foreach (var reply in _replies) { context.Background.Add(reply.DisposeAsync()); }
        _replies.Clear();
    }

    private async ValueTask CancelAsync(Reply reply)
    {
        // No fence stands before it: nothing of it may be under way any more when it is said to be cancelled.
        await reply.StopAsync();
        await context.Outbox.PostAsync(
            new GenerationCancelled(reply.Generation, CancelReason.Interrupt, reply.Text, 0, Estimated: false, reply.Usage), generation: null, CancellationToken.None);
        await reply.DisposeAsync();
    }
}
