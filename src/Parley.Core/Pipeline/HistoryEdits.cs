using Microsoft.Extensions.AI;
using Parley.Replies;
using Parley.Sessions;
using Parley.Timeline;
using Parley.Transports.Protocol;

namespace Parley.Pipeline;

/// <summary>Changes by the client to what the conversation remembers: messages put in and taken out, and where a listener really stopped.</summary>
/// <remarks>Used by the session's loop alone.</remarks>
internal sealed class HistoryEdits(PipelineContext context, ConversationHistory history, WaitingTurns waiting)
{
    /// <summary>Replies whose listener may still say where they stopped; of older ones nobody plays anything any more.</summary>
    private const int MaxReplies = 8;

    private readonly Queue<HeardReply> _replies = new();

    /// <summary>The name of a reply's message.</summary>
    public static string IdOf(uint generation) => $"g{generation}";

    /// <exception cref="RefusedException">There is nothing to put it behind, or the name is taken.</exception>
    public void Add(HistoryAdd item)
    {
        // Behind what is not there yet is the end.
        var after = waiting.Has(item.After) ? null : item.After;
        if (!history.Insert(item.ItemId!, RoleOf(item.Role!.Value), item.Text!, after))
        {
            throw new RefusedException(ErrorCodes.UnknownItem, "after names no message, or there is a message of this item_id.");
        }
        context.Timeline.Add(TimelineKinds.Added, new MessageAdded(item.ItemId!, item.Role.Value, item.Text!, after));
    }

    /// <exception cref="RefusedException">There is no such message.</exception>
    public void Remove(string id)
    {
        if (!history.Remove(id) && !waiting.Remove(id)) { throw new RefusedException(ErrorCodes.UnknownItem, "There is no message of this item_id."); }
        context.Timeline.Add(TimelineKinds.Removed, new MessageRemoved(id));
    }

    /// <summary>A reply is over, as far as is known at <paramref name="position"/>.</summary>
    public void Remember(Reply reply, long position)
    {
        _replies.Enqueue(new HeardReply(reply.Generation, reply.Said, position));
        if (_replies.Count > MaxReplies) { _replies.Dequeue(); }
    }

    /// <summary>The client says where it stopped a reply that was over already: it had more in its buffers than it played, or the estimate was wrong.</summary>
    public void Correct(Playback report)
    {
        if (report.State != PlaybackState.Stopped || _replies.LastOrDefault(r => r.Generation == report.GenerationId) is not { } heard) { return; }
        var position = Math.Min(report.PlayedSamples!.Value, heard.Said.SentSamples);
        if (position == heard.Position || position < 0) { return; }
        heard.Position = position;
        var (text, interrupted) = (heard.Said.HeardAt(position), heard.Said.UnsaidAt(position).Length > 0);
        var id = IdOf(heard.Generation);
        history.Correct(id, text, interrupted);
        context.Timeline.Add(TimelineKinds.Corrected, new AssistantCorrected(id, text, interrupted, position));
    }

    internal static ChatRole RoleOf(HistoryRole role) => role switch
    {
        HistoryRole.User => ChatRole.User,
        HistoryRole.Assistant => ChatRole.Assistant,
        _ => ChatRole.System,
    };

    private sealed class HeardReply(uint generation, ReplyText said, long position)
    {
        public uint Generation { get; } = generation;

        public ReplyText Said { get; } = said;

        /// <summary>Where the listener is thought to have stopped.</summary>
        public long Position { get; set; } = position;
    }
}
